import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In, IsNull, LessThan, MoreThan, Not } from 'typeorm';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { rowLock } from '../../infrastructure/database/row-lock.js';
import { RemovalJobsService } from '../../infrastructure/leases/removal-jobs.service.js';
import { Attachment } from './attachment.entity.js';
import { MessageAttachment } from './message-attachment.entity.js';

const HOUR_MS = 3_600_000;
/** How long a file may wait for its question. */
const LONGEST_WAIT_MS = 24 * HOUR_MS;
/** Each may be as large as an attachment may be. */
const DELETED_AT_ONCE = 20;
const LOOKED_AT_AT_ONCE = 500;

/** Deletes files that nobody asked about, and those whose last message was deleted. */
@Injectable()
export class OldAttachmentsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: ClockService,
    private readonly jobs: RemovalJobsService,
  ) {}

  @Interval(HOUR_MS)
  removeInBackground(): Promise<void> {
    return this.jobs.removeOld({
      name: 'old-attachments',
      what: 'attachments that nothing uses',
      remove: (signal) => this.remove(signal),
    });
  }

  /** In small transactions; answers how many. It does no harm that two do it at a time. */
  async remove(signal?: AbortSignal): Promise<number> {
    return (await this.removeUnasked(signal)) + (await this.removeUnused(signal));
  }

  private async removeUnasked(signal?: AbortSignal): Promise<number> {
    const { manager } = this.dataSource;
    const createdAt = LessThan(new Date(this.clock.nowMs() - LONGEST_WAIT_MS));
    const where = { conversationId: IsNull(), createdAt };
    let removed = 0;
    for (;;) {
      const some = await manager.find(Attachment, {
        where,
        select: { id: true },
        take: DELETED_AT_ONCE,
      });
      if (some.length === 0 || signal?.aborted) return removed;
      // Asked about at this very moment, it is not deleted.
      const ids = In(some.map(({ id }) => id));
      const { affected } = await manager.delete(Attachment, { id: ids, conversationId: IsNull() });
      removed += affected ?? 0;
      await nextTurn();
    }
  }

  private async removeUnused(signal?: AbortSignal): Promise<number> {
    const { manager } = this.dataSource;
    let removed = 0;
    let last = '';
    for (;;) {
      const some = await manager.find(Attachment, {
        where: { id: MoreThan(last), conversationId: Not(IsNull()) },
        select: { id: true },
        order: { id: 'ASC' },
        take: LOOKED_AT_AT_ONCE,
      });
      if (some.length === 0 || signal?.aborted) return removed;
      const ids = some.map(({ id }) => id);
      last = ids.at(-1)!;
      removed += await this.removeWithoutMessage(await this.unlinked(ids));
      await nextTurn();
    }
  }

  private async removeWithoutMessage(ids: readonly string[]): Promise<number> {
    let removed = 0;
    for (let at = 0; at < ids.length; at += DELETED_AT_ONCE) {
      const some = ids.slice(at, at + DELETED_AT_ONCE);
      removed += await this.dataSource.transaction(async (manager) => {
        // Whoever gives one to a further message holds its row, or waits for this.
        await manager.find(Attachment, { where: { id: In(some) }, ...rowLock(manager) });
        const still = await this.unlinked(some, manager);
        if (still.length === 0) return 0;
        const { affected } = await manager.delete(Attachment, { id: In(still) });
        return affected ?? 0;
      });
    }
    return removed;
  }

  /** Those of them that no message has. */
  private async unlinked(
    ids: readonly string[],
    manager = this.dataSource.manager,
  ): Promise<string[]> {
    const links = await manager.findBy(MessageAttachment, { attachmentId: In([...ids]) });
    const linked = new Set(links.map(({ attachmentId }) => attachmentId));
    return ids.filter((id) => !linked.has(id));
  }
}
