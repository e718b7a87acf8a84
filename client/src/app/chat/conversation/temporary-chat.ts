import { Service, inject } from '@angular/core';

import { ApiClient } from '../../core/api/api-client';
import { asApiError } from '../../core/api/api-error';
import { Answer } from '../answers/answer';
import { AnswerAnnouncer } from '../answers/answer-announcer';
import { chatFailure } from '../answers/chat-failure';
import { type CompletionPiece, readCompletion } from '../answers/completion-stream';
import { FrameBuffer } from '../answers/frame-buffer';
import { ChatModels } from '../models/chat-models';
import { type Exchange, Question, type QuestionText } from './exchange';
import { newId } from './new-id';
import { type ShownConversation, idOf } from './shown-conversation';

/** Chat nobody keeps: the conversation is only in this page, and a reload ends it. */
@Service()
export class TemporaryChat {
  private readonly api = inject(ApiClient);
  private readonly models = inject(ChatModels);
  private readonly announcer = inject(AnswerAnnouncer);
  private readonly running = new Map<Answer, AbortController>();

  /** Resolves when the answers have ended; true if any of them has words. */
  async ask(
    shown: ShownConversation,
    text: QuestionText,
    models: readonly string[],
  ): Promise<boolean> {
    this.dropEmpty(shown);
    const last = shown.last();
    const question = new Question(newId(), idOf(last), text);
    return this.answer(shown, question, models);
  }

  /** The same question in other words; what followed it is gone. */
  reword(
    shown: ShownConversation,
    former: Question,
    { text, models }: { text: QuestionText; models: readonly string[] },
  ): Promise<boolean> {
    const question = new Question(newId(), former.parentId, text);
    return this.answer(shown, question, models);
  }

  /** New answers to a question, in place of those it has. */
  answerAgain(
    shown: ShownConversation,
    question: Question,
    models: readonly string[],
  ): Promise<boolean> {
    return this.answer(shown, question, models);
  }

  stop(shown: ShownConversation): void {
    for (const answer of shown.answers()) this.running.get(answer)?.abort();
  }

  private async answer(
    shown: ShownConversation,
    question: Question,
    models: readonly string[],
  ): Promise<boolean> {
    const answers = this.newAnswers(models);
    shown.tryAfter(shown.turn(question.parentId), [question, ...answers]);
    shown.settle();
    const messages = messagesUpTo(shown, question);
    await Promise.all(answers.map((answer) => this.run(answer, messages, shown)));
    return answers.some((answer) => answer.hasWords());
  }

  private newAnswers(models: readonly string[]): Answer[] {
    const comparisonId = models.length > 1 ? newId() : null;
    return models.map((id) => {
      const name = this.models.models().find((model) => model.id === id)?.name ?? id;
      const answer = new Answer(id, name, true);
      answer.id.set(newId());
      answer.comparisonId.set(comparisonId);
      return answer;
    });
  }

  private async run(answer: Answer, messages: unknown[], shown: ShownConversation): Promise<void> {
    const abort = new AbortController();
    this.running.set(answer, abort);
    try {
      await this.receive(answer, requestOf(answer, messages, shown), abort.signal);
      answer.end('done');
    } catch (cause) {
      if (abort.signal.aborted) answer.end('stopped');
      else answer.fail(chatFailure(asApiError(cause)));
    } finally {
      this.running.delete(answer);
      answer.measure({});
      this.announcer.ended(answer);
    }
  }

  private async receive(answer: Answer, body: object, signal: AbortSignal): Promise<void> {
    const response = await this.api.send('/chat/completions', { method: 'POST', signal, body });
    answer.measure({ requestId: response.headers.get('x-request-id') });
    if (response.body === null) throw new TypeError('The answer has no body.');
    await this.collect(answer, response.body);
  }

  private async collect(answer: Answer, body: ReadableStream<Uint8Array>): Promise<void> {
    let pieces: CompletionPiece[] = [];
    const buffer = new FrameBuffer(() => {
      const isFirst = answer.state() === 'waiting';
      answer.append(pieces);
      for (const piece of pieces) noteEnd(answer, piece);
      pieces = [];
      if (isFirst && answer.state() === 'writing') this.announcer.began();
    });
    try {
      for await (const piece of readCompletion(body)) {
        pieces.push(piece);
        buffer.touch();
      }
    } finally {
      buffer.finish();
    }
  }

  /** What came to nothing is not part of the conversation the model is told. */
  private dropEmpty(shown: ShownConversation): void {
    const last = shown.exchanges().at(-1);
    if (last?.question && !last.answers.some((answer) => answer.hasWords())) {
      shown.tryAfter(shown.turn(last.question.parentId), []);
      shown.settle();
    }
  }
}

function noteEnd(answer: Answer, { usage, finishReason }: CompletionPiece): void {
  if (finishReason !== null) answer.finishReason.set(finishReason);
  if (usage === null) return;
  answer.measure({
    promptTokens: usage.input,
    completionTokens: usage.output,
    cachedTokens: usage.cached,
    reasoningTokens: usage.reasoning,
  });
}

function requestOf(answer: Answer, messages: unknown[], shown: ShownConversation): object {
  const { systemPrompt, temperature, maxOutputTokens, reasoningEffort } = shown.settings();
  const system = systemPrompt === null ? [] : [{ role: 'system', content: systemPrompt }];
  return {
    model: answer.modelId,
    messages: [...system, ...messages],
    stream: true,
    stream_options: { include_usage: true },
    ...(temperature === null ? {} : { temperature }),
    ...(maxOutputTokens === null ? {} : { max_tokens: maxOutputTokens }),
    ...(reasoningEffort === null ? {} : { reasoning_effort: reasoningEffort }),
  };
}

/** What the model is told: the exchanges that have words, up to the question. */
function messagesUpTo(shown: ShownConversation, question: Question): unknown[] {
  const exchanges = shown.exchanges();
  const end = exchanges.findIndex((exchange) => exchange.question === question);
  const earlier = exchanges.slice(0, end).flatMap(messagesOf);
  return [...earlier, { role: 'user', content: question.content }];
}

function messagesOf({ question, shown }: Exchange): unknown[] {
  const answer = shown?.content() ?? '';
  if (answer === '') return [];
  const asked = question === null ? [] : [{ role: 'user', content: question.content }];
  return [...asked, { role: 'assistant', content: answer }];
}
