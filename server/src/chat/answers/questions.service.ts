import { Injectable } from '@nestjs/common';
import { newId } from '../../infrastructure/crypto/identifiers.js';
import { type Principal } from '../../infrastructure/http/principal.js';
import { NO_SETTINGS } from '../conversations/conversation-settings.js';
import { OwnedConversationsService } from '../conversations/owned-conversations.service.js';
import { type MessageDto } from '../messages/messages.dto.js';
import { titleFromWords } from '../titles/title-texts.js';
import { AskedBeforeService } from './asked-before.service.js';
import { BegunAnswersService } from './begun-answers.service.js';
import { ContinuationsService } from './continuations.service.js';
import { QuestionChecksService } from './question-checks.service.js';
import {
  type AskDto,
  type AskedDto,
  type AskFurtherDto,
  type BeginConversationDto,
} from './questions.dto.js';
import {
  type CheckedQuestion,
  type NewConversation,
  WrittenQuestionsService,
} from './written-questions.service.js';

/** Writes questions down and sets their answers going. */
@Injectable()
export class QuestionsService {
  constructor(
    private readonly checks: QuestionChecksService,
    private readonly askedBefore: AskedBeforeService,
    private readonly owned: OwnedConversationsService,
    private readonly written: WrittenQuestionsService,
    private readonly begun: BegunAnswersService,
    private readonly continuations: ContinuationsService,
  ) {}

  /**
   * Makes a conversation of a first question.
   * @throws AppError what refuses one of the models; invalid_request, not_found, rate_limit_exceeded
   */
  begin(principal: Principal, asked: BeginConversationDto): Promise<AskedDto> {
    return this.once(principal, null, asked, async () => {
      const question = await this.check(principal, asked, null);
      const begun = await this.newConversation(principal, asked);
      const written = await this.written.begin(begun, question);
      return this.begun.begin(principal, written, question.entries);
    });
  }

  /** @throws AppError as `begin`; conflict: the answer it follows is being written */
  async ask(principal: Principal, conversationId: string, asked: AskFurtherDto): Promise<AskedDto> {
    const conversation = await this.owned.find(principal.ownerId, conversationId);
    return this.once(principal, conversation.id, asked, async () => {
      const question = await this.check(principal, asked, asked.parentId);
      const written = await this.written.add(conversation, question);
      return this.begun.begin(principal, written, question.entries);
    });
  }

  /** @throws AppError as `begin` */
  async answerAgain(
    principal: Principal,
    conversationId: string,
    { messageId: questionId, models }: { messageId: string; models: readonly string[] },
  ): Promise<AskedDto> {
    const conversation = await this.owned.find(principal.ownerId, conversationId);
    const entries = await this.checks.admit(principal, models);
    await this.checks.expectSight(entries, { messageId: questionId.toLowerCase() });
    const written = await this.written.addAnswers(conversation, { questionId, entries });
    return this.begun.begin(principal, written, entries);
  }

  /** @throws AppError not_found, conflict, rate_limit_exceeded, and what refuses its model */
  async continue(
    principal: Principal,
    conversationId: string,
    messageId: string,
  ): Promise<MessageDto> {
    const answer = await this.continuations.goOn(principal, conversationId, messageId);
    return this.begun.describeAnswer(answer);
  }

  /** What was asked with this id before is answered as it was then. */
  private async once(
    principal: Principal,
    conversationId: string | null,
    { id }: AskDto,
    ask: () => Promise<AskedDto>,
  ): Promise<AskedDto> {
    if (id === undefined) return ask();
    const place = { userId: principal.ownerId, conversationId, id: id.toLowerCase() };
    const known = await this.askedBefore.find(place);
    if (known) return this.begun.describe(known);
    try {
      return await ask();
    } catch (error) {
      return this.begun.describe(await this.askedBefore.afterClash(place, error));
    }
  }

  private async check(
    principal: Principal,
    { id = newId(), content, attachmentIds, models }: AskDto,
    parentId: string | null,
  ): Promise<CheckedQuestion> {
    this.checks.expectQuestion(content, attachmentIds);
    const entries = await this.checks.admit(principal, models);
    await this.checks.expectSight(entries, { attachmentIds, userId: principal.ownerId });
    const asked = { parentId, content: content.toWellFormed(), attachmentIds };
    return { ...asked, id: id.toLowerCase(), entries };
  }

  private async newConversation(
    { ownerId: userId }: Principal,
    { content, attachmentIds, settings, folderId }: BeginConversationDto,
  ): Promise<NewConversation> {
    const firstName = await this.checks.nameOfFirst(userId, attachmentIds);
    return {
      userId,
      title: titleFromWords(content, firstName),
      folderId: await this.checks.ownFolder(userId, folderId ?? null),
      settings: settings ? { ...settings } : NO_SETTINGS,
    };
  }
}
