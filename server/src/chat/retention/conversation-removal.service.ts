import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type FindOptionsWhere, In, Repository } from 'typeorm';
import { Conversation } from '../conversations/conversation.entity.js';
import { ChatEventsService } from '../events/chat-events.service.js';

/** With their messages and attachments; on SQLite others wait meanwhile. */
const ROWS_AT_A_TIME = 10;

/** Takes conversations away for good, with all that belongs to them, and tells their people's pages. */
@Injectable()
export class ConversationRemovalService {
  constructor(
    @InjectRepository(Conversation) private readonly conversations: Repository<Conversation>,
    private readonly events: ChatEventsService,
  ) {}

  /** What is used again while it is about to go stays: each is looked at once more as it goes. */
  async remove(
    where: FindOptionsWhere<Conversation>,
    signal: AbortSignal | undefined,
  ): Promise<number> {
    let removed = 0;
    for (;;) {
      const rows = await this.conversations.find({
        select: { id: true, userId: true },
        where,
        take: ROWS_AT_A_TIME,
      });
      if (rows.length === 0) return removed;
      const ids = rows.map(({ id }) => id);
      const { affected } = await this.conversations.delete({ ...where, id: In(ids) });
      removed += affected ?? 0;
      await this.tell(rows);
      if (rows.length < ROWS_AT_A_TIME || signal?.aborted) return removed;
      await nextTurn();
    }
  }

  private async tell(rows: readonly Pick<Conversation, 'id' | 'userId'>[]): Promise<void> {
    const left = await this.conversations.find({
      select: { id: true },
      where: { id: In(rows.map(({ id }) => id)) },
    });
    const stayed = new Set(left.map(({ id }) => id));
    for (const { userId, id } of rows) {
      if (!stayed.has(id)) this.events.conversationRemoved(userId, id);
    }
  }
}
