import { Injectable, Logger } from '@nestjs/common';
import { ConfigurationService } from '../config/configuration.service.js';
import { ClockService } from '../infrastructure/clock/clock.service.js';
import {
  type CatalogueEntry,
  CatalogueService,
  EndpointProbesService,
  type EndpointState,
  type ModelStatus,
  modelStatus,
  RouterService,
} from '../models/index.js';

/** A model that is not disabled, as it stands. */
export interface ModelHealth {
  readonly entry: CatalogueEntry;
  readonly status: ModelStatus;
  readonly endpoints: readonly EndpointState[];
}

interface Round {
  readonly startedAtMs: number;
  /** Resolves when its probes have ended, or have had their time. */
  readonly settled: Promise<void>;
  isUnderWay: boolean;
}

const SECOND = 1000;
/** Anybody may ask, so asking often must not reach the backends. */
const SHORTEST_INTERVAL_MS = 10 * SECOND;
/** What a round may take beside the time that one probe has. */
const GRACE_MS = SECOND;

/** Which models work, found out by probing all their endpoints. */
@Injectable()
export class InferenceHealthService {
  private readonly logger = new Logger(InferenceHealthService.name);
  private round: Round | null = null;

  constructor(
    private readonly catalogue: CatalogueService,
    private readonly router: RouterService,
    private readonly probes: EndpointProbesService,
    private readonly configuration: ConfigurationService,
    private readonly clock: ClockService,
  ) {}

  /**
   * Every model that is not disabled, by what is known after a round of probes that began within the
   * last ten seconds. All callers share a round, and none waits for it longer than
   * `upstream.probe.timeout_s` and a second; where more endpoints hang than are probed at once, what
   * was known of the rest counts.
   */
  async models(): Promise<ModelHealth[]> {
    await this.currentRound().settled;
    return this.catalogue.current.list.map((entry) => {
      const endpoints = this.router.states(entry);
      return { entry, status: modelStatus(endpoints), endpoints };
    });
  }

  private currentRound(): Round {
    const nowMs = this.clock.monotonicMs();
    const isCurrent =
      this.round?.isUnderWay ||
      (this.round && nowMs - this.round.startedAtMs < SHORTEST_INTERVAL_MS);
    if (!this.round || !isCurrent) this.round = this.startRound(nowMs);
    return this.round;
  }

  private startRound(startedAtMs: number): Round {
    const { promise, resolve } = Promise.withResolvers<void>();
    const round: Round = { startedAtMs, settled: promise, isUnderWay: true };
    const longestMs = this.configuration.current.upstream.probe.timeoutS * SECOND + GRACE_MS;
    const timer = setTimeout(resolve, longestMs);
    void this.probeAll().finally(() => {
      clearTimeout(timer);
      round.isUnderWay = false;
      resolve();
    });
    return round;
  }

  private async probeAll(): Promise<void> {
    try {
      await this.probes.probe(this.catalogue.current.list);
    } catch (error) {
      this.logger.warn(`The endpoints could not be probed: ${String(error)}`);
    }
  }
}

/** What is to be expected of all models together; `ok` where there are none. */
export function overallStatus(models: readonly ModelHealth[]): ModelStatus {
  if (models.every(({ status }) => status === 'ok')) return 'ok';
  return models.every(({ status }) => status === 'down') ? 'down' : 'degraded';
}
