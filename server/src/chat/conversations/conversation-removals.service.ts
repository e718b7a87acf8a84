import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, Not, Repository } from 'typeorm';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { AnswersService } from '../answers/answers.service.js';
import { Message } from '../messages/message.entity.js';
import { Conversation } from './conversation.entity.js';
import { found, OwnedConversationsService } from './owned-conversations.service.js';

/**
 * Deletes conversations and brings them back. A deleted one is there for nobody, but its rows stay:
 * for ever where `chat.remove` is `hide`, else until the sweep that ends the time for undoing it.
 */
@Injectable()
export class ConversationRemovalsService {
  constructor(
    @InjectRepository(Conversation) private readonly conversations: Repository<Conversation>,
    @InjectRepository(Message) private readonly messages: Repository<Message>,
    private readonly owned: OwnedConversationsService,
    private readonly answers: AnswersService,
    private readonly clock: ClockService,
  ) {}

  /** Answers that are being written in it are stopped: nobody is to pay for them. */
  async remove(userId: string, id: string): Promise<void> {
    await this.owned.find(userId, id);
    await this.stopAnswers(userId, id);
    const { affected } = await this.conversations.update(
      { id, userId, removedAt: IsNull() },
      { removedAt: this.clock.now() },
    );
    if (affected === 0) found(null);
  }

  /** One that is not deleted stays as it is. @throws AppError not_found: also when it is too late */
  async restore(userId: string, id: string): Promise<Conversation> {
    const where = { id, userId, removedAt: Not(IsNull()) };
    await this.conversations.update(where, { removedAt: null });
    return this.owned.find(userId, id);
  }

  private async stopAnswers(userId: string, conversationId: string): Promise<void> {
    const writing = await this.messages.find({
      select: { id: true },
      where: { conversationId, state: 'writing' },
    });
    for (const { id } of writing) await this.stop(userId, id);
  }

  /** One that has ended meanwhile needs no stopping. */
  private async stop(userId: string, answerId: string): Promise<void> {
    try {
      await this.answers.stop(userId, answerId);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  }
}
