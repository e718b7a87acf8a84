import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { type FindOptionsWhere, LessThanOrEqual } from 'typeorm';
import { ConfigurationService } from '../../config/configuration.service.js';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { RemovalJobsService } from '../../infrastructure/leases/removal-jobs.service.js';
import { Conversation } from '../conversations/conversation.entity.js';
import { ConversationRemovalService } from './conversation-removal.service.js';

const MINUTE_MS = 60_000;
/** How long a person may undo a deletion. */
const UNDO_MS = MINUTE_MS;

/** Removes deleted conversations where `chat.remove` is `delete`, once nobody can undo it any more. */
@Injectable()
export class DeletedConversationsService {
  constructor(
    private readonly configuration: ConfigurationService,
    private readonly removal: ConversationRemovalService,
    private readonly clock: ClockService,
    private readonly jobs: RemovalJobsService,
  ) {}

  @Interval(MINUTE_MS)
  removeDeletedInBackground(): Promise<void> {
    return this.jobs.remove({
      name: 'deleted-conversations',
      what: 'deleted conversations',
      remove: (signal) => this.removeDeleted(signal),
    });
  }

  /** Those whose deletion can no longer be undone; none where they are only hidden. */
  async removeDeleted(signal?: AbortSignal): Promise<number> {
    const where = this.deleted();
    return where ? this.removal.remove(where, signal) : 0;
  }

  private deleted(): FindOptionsWhere<Conversation> | null {
    if (this.configuration.current.chat.remove !== 'delete') return null;
    return { removedAt: LessThanOrEqual(new Date(this.clock.nowMs() - UNDO_MS)) };
  }
}
