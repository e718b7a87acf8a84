import { Service, inject } from '@angular/core';

import { ApiClient } from '../../core/api/api-client';
import { asApiError } from '../../core/api/api-error';
import { type Asked, type Attachment, type Message } from '../../core/api/schema';
import { Answer } from '../answers/answer';
import { AnswerAnnouncer } from '../answers/answer-announcer';
import { chatFailure } from '../answers/chat-failure';
import { Question, type QuestionText } from './exchange';
import { KeptBranches, pathOf } from './kept-branches';
import { newId } from './new-id';
import { postOnce } from './post-once';
import { type ShownConversation, idOf } from './shown-conversation';

/** A question that is on its way with the answers that are asked for. */
export interface Tried {
  question: Question;
  answers: readonly Answer[];
}

/** What makes a model answer in a conversation the server keeps, or stop. */
@Service()
export class KeptChat {
  private readonly api = inject(ApiClient);
  private readonly branches = inject(KeptBranches);
  private readonly announcer = inject(AnswerAnnouncer);

  /** Where "Stop" came before the server knew of the answers. */
  private readonly stopWanted = new WeakSet<ShownConversation>();

  /** Shows the question at once; it counts when the server has it. True if it has. */
  ask(shown: ShownConversation, text: QuestionText, models: readonly string[]): Promise<boolean> {
    const answers = this.newAnswers(models);
    const unsent = shown.unsent();
    if (unsent !== null && isSame(unsent, text)) {
      return this.try(shown, { question: unsent, answers });
    }
    shown.revert();
    const last = shown.last();
    const question = new Question(newId(), idOf(last), text);
    return this.try(shown, { question, answers });
  }

  /** Another wording of a question: a branch beside it. */
  reword(
    shown: ShownConversation,
    former: Question,
    { text, models }: { text: QuestionText; models: readonly string[] },
  ): Promise<boolean> {
    const answers = this.newAnswers(models);
    if (!former.isKept() && isSame(former, text)) {
      return this.try(shown, { question: former, answers });
    }
    const question = new Question(newId(), former.parentId, text);
    question.siblingIds.set(former.siblingIds());
    return this.try(shown, { question, answers });
  }

  /** Further answers to a question; for one the server has not taken, the question again. */
  async answerAgain(
    shown: ShownConversation,
    question: Question,
    models: readonly string[],
  ): Promise<boolean> {
    const answers = this.newAnswers(models);
    if (!question.isKept()) return this.try(shown, { question, answers });
    const former = shown.exchanges().find((exchange) => exchange.question === question);
    for (const answer of answers) answer.siblingIds.set(former?.shown?.siblingIds() ?? []);
    shown.tryAfter(question, answers);
    const path = `${pathOf(shown)}/messages/${question.id}/answers`;
    return this.send(shown, { question, answers }, () => this.api.post<Asked>(path, { models }));
  }

  /** Goes on with an answer that was cut. */
  async continue(shown: ShownConversation, answer: Answer): Promise<void> {
    const path = `${pathOf(shown)}/messages/${answer.id()}/continuation`;
    const former = answer.state();
    answer.resume();
    try {
      answer.take(await this.api.post<Message>(path));
      void this.branches.follow(shown, answer);
    } catch (cause) {
      answer.end(former === 'stopped' || former === 'done' ? former : 'broken');
      answer.failure.set(chatFailure(asApiError(cause)));
      this.announcer.ended(answer);
    }
  }

  /**
   * Stops every answer that is being written here; what has come stays. Answers the server does not
   * know yet are stopped as soon as it does. Never throws: what was not stopped goes on.
   */
  async stop(shown: ShownConversation): Promise<void> {
    if (shown.isTrying()) this.stopWanted.add(shown);
    const running = shown.answers().filter((answer) => answer.isRunning());
    await Promise.allSettled(running.map((answer) => this.stopOne(answer)));
  }

  private newAnswers(models: readonly string[]): Answer[] {
    const comparisonId = models.length > 1 ? newId() : null;
    return models.map((model) => {
      const answer = new Answer(model, this.branches.nameModel(model));
      answer.comparisonId.set(comparisonId);
      return answer;
    });
  }

  private try(shown: ShownConversation, tried: Tried): Promise<boolean> {
    const { question, answers } = tried;
    shown.tryAfter(shown.turn(question.parentId), [question, ...answers]);
    const body = {
      id: question.id,
      content: question.content,
      attachmentIds: question.attachments.map((attachment) => attachment.id),
      models: answers.map((answer) => answer.modelId),
    };
    const isNew = shown.id() === null;
    const begin = { ...body, settings: shown.settings(), folderId: shown.folderId() };
    return this.send(shown, tried, () =>
      isNew
        ? postOnce<Asked>(this.api, '/chat/conversations', begin)
        : postOnce<Asked>(this.api, `${pathOf(shown)}/questions`, {
            ...body,
            parentId: question.parentId,
          }),
    );
  }

  private async send(
    shown: ShownConversation,
    tried: Tried,
    post: () => Promise<Asked>,
  ): Promise<boolean> {
    try {
      const asked = await post();
      this.branches.note(shown, asked.conversation);
      if (isAnswered(asked, tried)) {
        shown.accept(asked, tried);
        for (const answer of tried.answers) void this.branches.follow(shown, answer);
      } else {
        shown.settle();
        await this.branches.reload(shown);
      }
      if (this.stopWanted.delete(shown)) void this.stop(shown);
      return true;
    } catch (cause) {
      this.stopWanted.delete(shown);
      shown.refuse();
      const failure = chatFailure(asApiError(cause));
      for (const answer of tried.answers) answer.fail(failure);
      const [first] = tried.answers;
      if (first !== undefined) this.announcer.ended(first);
      return false;
    }
  }

  private async stopOne(answer: Answer): Promise<void> {
    if (answer.id() === null) return;
    const message = await this.api.post<Message>(`/chat/answers/${answer.id()}/stop`);
    if (!answer.isRunning()) return;
    answer.take(message);
    this.announcer.ended(answer);
  }
}

/** Sent again, a question keeps its id: the server may have it without our having heard so. */
function isSame(question: Question, { content, attachments }: QuestionText): boolean {
  const ids = (files: readonly Attachment[]) => files.map(({ id }) => id).join();
  return question.content === content && ids(question.attachments) === ids(attachments);
}

/** A question that arrived before is answered by whom it was for then, perhaps by others than now. */
function isAnswered({ answers }: Asked, tried: Tried): boolean {
  return (
    answers.map(({ model }) => model).join() === tried.answers.map((one) => one.modelId).join()
  );
}
