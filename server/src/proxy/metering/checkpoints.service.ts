import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { HoldsService } from '../../budgets/index.js';
import { LinkedList, type Place } from '../../infrastructure/collections/linked-list.js';
import { type MeteredRequest } from './metered-request.js';

const EVERY_MS = 5_000;

/**
 * Notes with the holds of open streams what they have used so far, so that they can be settled
 * should this process die. One timer for all of them; those that have been silent cost nothing.
 */
@Injectable()
export class CheckpointsService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(CheckpointsService.name);
  private readonly open = new LinkedList<MeteredRequest>();
  private timer: NodeJS.Timeout | null = null;
  private isWriting = false;

  constructor(private readonly holds: HoldsService) {}

  /** Once for each, until it is forgotten. */
  watch(request: MeteredRequest): Place<MeteredRequest> {
    return this.open.add(request);
  }

  forget(place: Place<MeteredRequest>): void {
    this.open.remove(place);
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.write(), EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    if (this.timer) clearInterval(this.timer);
  }

  /** Never throws: what could not be noted is noted the next time. */
  async write(): Promise<void> {
    if (this.isWriting) return;
    const items = [];
    const noted: MeteredRequest[] = [];
    for (const request of this.open.values) {
      const item = request.nextCheckpoint();
      if (!item) continue;
      items.push(item);
      noted.push(request);
    }
    if (items.length === 0) return;
    this.isWriting = true;
    try {
      await this.holds.checkpoint(items);
    } catch (error) {
      for (const request of noted) request.checkpointLost();
      const reason = error instanceof Error ? error.message : String(error);
      this.logger.warn(
        `${items.length} open streams could not be noted with their holds: ${reason}`,
      );
    } finally {
      this.isWriting = false;
    }
  }
}
