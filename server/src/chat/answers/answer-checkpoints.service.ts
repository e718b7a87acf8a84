import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { type AnswerDraft } from './answer-draft.js';
import { AnswerProductionService } from './answer-production.service.js';
import { RunningAnswersService } from './running-answers.service.js';

const EVERY_MS = 1_000;
/** Each time all of a text is written: a long one is written a second later for each of these. */
const CHARACTERS_A_SECOND = 250_000;

/**
 * Writes down about every second how far answers have come, all of them in one transaction: for those
 * who follow them at other replicas, and for what remains if this process dies.
 */
@Injectable()
export class AnswerCheckpointsService
  implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown
{
  private readonly logger = new Logger(AnswerCheckpointsService.name);
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> | null = null;
  private isFailing = false;

  constructor(
    private readonly production: AnswerProductionService,
    private readonly running: RunningAnswersService,
    private readonly clock: ClockService,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.writeNow(), EVERY_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    await this.writeNow();
  }

  /** Until now answers were still coming to their ends. */
  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Never rejects. What is being written is waited for. */
  writeNow(): Promise<void> {
    this.writing ??= this.write().finally(() => (this.writing = null));
    return this.writing;
  }

  private async write(): Promise<void> {
    const due = this.production.drafts.filter((draft) => this.isDue(draft));
    if (due.length === 0) return;
    const lengths = new Map(due.map((draft) => [draft, draft.length]));
    try {
      for (const lost of await this.running.checkpoint(due)) lost.stop('forgotten');
      for (const [draft, length] of lengths) draft.saved(length, this.clock.monotonicMs());
      this.isFailing = false;
    } catch (error) {
      if (!this.isFailing) this.logger.warn(`Answers could not be noted: ${String(error)}`);
      this.isFailing = true;
    }
  }

  private isDue(draft: AnswerDraft): boolean {
    if (draft.length === draft.savedLength) return false;
    const waitMs = EVERY_MS * Math.floor(draft.length / CHARACTERS_A_SECOND);
    return this.clock.monotonicMs() - draft.savedAtMs >= waitMs;
  }
}
