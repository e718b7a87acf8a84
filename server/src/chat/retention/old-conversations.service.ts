import { Inject, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, MoreThan, Repository } from 'typeorm';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { RemovalJobsService } from '../../infrastructure/leases/removal-jobs.service.js';
import { Conversation } from '../conversations/conversation.entity.js';
import { CHAT_RETENTION, type ChatRetention } from './chat-retention.js';
import { ConversationRemovalService } from './conversation-removal.service.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Removes conversations in which nothing was said for longer than they are kept, pinned, archived and
 * hidden ones included. Should two replicas do it at a time, they do the same.
 */
@Injectable()
export class OldConversationsService {
  constructor(
    @InjectRepository(Conversation) private readonly conversations: Repository<Conversation>,
    @Inject(CHAT_RETENTION) private readonly retention: ChatRetention,
    private readonly removal: ConversationRemovalService,
    private readonly clock: ClockService,
    private readonly jobs: RemovalJobsService,
  ) {}

  @Interval(HOUR_MS)
  removeOldInBackground(): Promise<void> {
    return this.jobs.removeOld({
      name: 'old-conversations',
      what: 'old conversations',
      remove: (signal) => this.removeOld(signal),
    });
  }

  /** Person by person, by what their groups say; answers how many were removed. */
  async removeOld(signal?: AbortSignal): Promise<number> {
    const nowMs = this.clock.nowMs();
    let removed = 0;
    let userId = '';
    while (!signal?.aborted) {
      const next = await this.oldestAfter(userId);
      if (!next) break;
      userId = next.userId;
      // Nothing is kept for less than a day.
      if (next.updatedAt.getTime() >= nowMs - DAY_MS) continue;
      const days = await this.retention.daysOf(userId);
      if (days === null) continue;
      const before = new Date(nowMs - days * DAY_MS);
      removed += await this.removal.remove({ userId, updatedAt: LessThan(before) }, signal);
    }
    return removed;
  }

  /** The oldest conversation of the person who comes next by id. */
  private oldestAfter(userId: string): Promise<Pick<Conversation, 'userId' | 'updatedAt'> | null> {
    return this.conversations.findOne({
      select: { id: true, userId: true, updatedAt: true },
      where: { userId: MoreThan(userId) },
      order: { userId: 'ASC', updatedAt: 'ASC', id: 'ASC' },
    });
  }
}
