import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { ConfigurationService } from '../../config/configuration.service.js';
import { ReplicaService } from '../../infrastructure/replicas/replica.service.js';
import { ChatEventsService } from '../events/chat-events.service.js';
import { LOST } from './answer-outcome.js';
import { RunningAnswersService } from './running-answers.service.js';

const SECOND = 1000;
const MOST_AT_ONCE = 100;

/**
 * Ends the answers of processes that died, with what was noted of them. Every replica looks; an answer
 * ends but once, so that it does not matter who finds it.
 */
@Injectable()
export class AbandonedAnswersService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(AbandonedAnswersService.name);
  private timer: NodeJS.Timeout | null = null;
  private isStopped = false;

  constructor(
    private readonly configuration: ConfigurationService,
    private readonly replicas: ReplicaService,
    private readonly running: RunningAnswersService,
    private readonly events: ChatEventsService,
  ) {}

  onApplicationBootstrap(): void {
    this.scheduleNext();
  }

  onModuleDestroy(): void {
    this.isStopped = true;
    if (this.timer) clearTimeout(this.timer);
  }

  /** One look. Resolves with how many answers were ended. */
  async endAbandoned(): Promise<number> {
    const dead = await this.replicas.deadReplicas();
    let ended = 0;
    while (dead.length > 0 && !this.isStopped) {
      const answers = await this.running.leftBy(dead, MOST_AT_ONCE);
      if (answers.length === 0) break;
      for (const { replicaId, ...place } of answers) {
        if (!(await this.running.end(place, LOST, replicaId))) continue;
        this.events.conversationChanged(place.userId, place.conversationId);
        ended += 1;
      }
    }
    if (ended > 0) this.logger.warn(`${ended} answers of processes that died were ended for them.`);
    return ended;
  }

  private scheduleNext(): void {
    if (this.isStopped) return;
    const { reaperIntervalS } = this.configuration.current.budgets;
    this.timer = setTimeout(() => void this.look(), reaperIntervalS * SECOND).unref();
  }

  private async look(): Promise<void> {
    try {
      await this.endAbandoned();
    } catch (error) {
      this.logger.warn(`Answers of dead processes could not be looked for: ${String(error)}`);
    } finally {
      this.scheduleNext();
    }
  }
}
