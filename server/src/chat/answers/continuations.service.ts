import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { type Principal } from '../../infrastructure/http/principal.js';
import { ProxyService } from '../../proxy/index.js';
import { type Conversation } from '../conversations/conversation.entity.js';
import { OwnedConversationsService } from '../conversations/owned-conversations.service.js';
import { ChatEventsService } from '../events/chat-events.service.js';
import { noMessage } from '../messages/message-tree.service.js';
import { Message } from '../messages/message.entity.js';
import { RESUMED } from './answer-outcome.js';
import { AnswerProductionService } from './answer-production.service.js';
import { RunningAnswersService } from './running-answers.service.js';

/** Lets answers go on where they ended before their time. */
@Injectable()
export class ContinuationsService {
  private readonly logger = new Logger(ContinuationsService.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly proxy: ProxyService,
    private readonly owned: OwnedConversationsService,
    private readonly running: RunningAnswersService,
    private readonly production: AnswerProductionService,
    private readonly events: ChatEventsService,
  ) {}

  /**
   * Because its reader asks for it.
   * @throws AppError not_found; conflict: it is whole, or being written; and what refuses its model
   */
  async goOn(principal: Principal, conversationId: string, messageId: string): Promise<Message> {
    const conversation = await this.owned.find(principal.ownerId, conversationId);
    const place = { id: messageId.toLowerCase(), conversationId: conversation.id };
    const answer = await this.dataSource.manager.findOneBy(Message, place);
    if (answer?.role !== 'assistant') throw noMessage();
    if (!isUnfinished(answer)) throw notUnfinished(answer);
    if (!(await this.resume({ principal, conversation, answer }, null))) {
      throw notUnfinished({ state: 'writing' });
    }
    return (await this.dataSource.manager.findOneBy(Message, place)) ?? answer;
  }

  /**
   * By itself, since it broke off because Lumen ended. Where that cannot be it stays as it is. Answers
   * whether waiting helps: not where its model is gone, or refused. Never rejects.
   */
  async goOnAlone(principal: Principal, answer: Message): Promise<boolean> {
    try {
      const conversation = await this.owned.find(principal.ownerId, answer.conversationId);
      await this.resume({ principal, conversation, answer }, RESUMED);
      return true;
    } catch (error) {
      this.logger.warn(`An answer does not go on: ${String(error)}`);
      // Others that are being written come to an end, and so does trouble with the database.
      return !(error instanceof AppError) || error.code === 'rate_limit_exceeded';
    }
  }

  private async resume(
    { principal, conversation, answer }: Unfinished,
    finishReason: string | null,
  ): Promise<boolean> {
    const entry = await this.proxy.admit(principal, answer.model ?? '');
    const isOurs = await this.running.resume(answer, principal.ownerId, finishReason);
    if (!isOurs) return false;
    this.production.start({ principal, conversation, answer, entry });
    this.events.conversationChanged(principal.ownerId, conversation.id);
    return true;
  }
}

interface Unfinished {
  readonly principal: Principal;
  readonly conversation: Conversation;
  readonly answer: Message;
}

const isUnfinished = ({ state, finishReason }: Message) =>
  state === 'stopped' ||
  state === 'interrupted' ||
  state === 'failed' ||
  (state === 'complete' && finishReason === 'length');

function notUnfinished({ state }: Pick<Message, 'state'>): AppError {
  return new AppError(
    'conflict',
    state === 'writing'
      ? 'This answer is being written already. Follow it where it is.'
      : 'This answer is complete. Ask a further question, or ask for another answer.',
  );
}
