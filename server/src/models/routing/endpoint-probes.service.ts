import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { type Subscription } from 'rxjs';
import { ConfigurationService } from '../../config/configuration.service.js';
import { touches } from '../../config/index.js';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { type CatalogueEntry } from '../catalogue-entry.js';
import { CatalogueService } from '../catalogue.service.js';
import { EndpointChecksService } from '../checks/endpoint-checks.service.js';
import { askModels } from './ask-models.js';
import { type ProbeTarget, probeTargets } from './probe-targets.js';
import { type ProbeAnswer, probeVerdict, type Unasked } from './probe-verdict.js';
import { RouterService } from './router.service.js';

const MOST_AT_ONCE = 8;
const SECOND = 1000;

/**
 * Asks every endpoint for its models now and then, each replica for itself. The questions of a round
 * are spread over its time. What comes of them is in `RouterService.states`.
 */
@Injectable()
export class EndpointProbesService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Probes');
  /** By the keys of their targets. */
  private readonly underWay = new Map<string, Promise<void>>();
  private readonly stopped = new AbortController();
  private subscription: Subscription | undefined;
  private timer: NodeJS.Timeout | undefined;
  private round: readonly ProbeTarget[] = [];
  private isInWant = false;
  private next = 0;

  constructor(
    private readonly catalogue: CatalogueService,
    private readonly router: RouterService,
    private readonly configuration: ConfigurationService,
    private readonly clock: ClockService,
    private readonly checks: EndpointChecksService,
  ) {}

  onApplicationBootstrap(): void {
    this.startOver();
    this.subscription = this.configuration.changes$.subscribe(({ changedPaths }) => {
      if (touches(changedPaths, 'upstream.probe')) this.startOver();
    });
  }

  onModuleDestroy(): void {
    this.subscription?.unsubscribe();
    clearTimeout(this.timer);
    this.stopped.abort();
  }

  /**
   * Asks the endpoints of these models now; resolves when they have answered or failed to. Never
   * rejects. Begins no question after `upstream.probe.timeout_s`, so that it takes at most twice as
   * long; endpoints it did not come to keep the result they had.
   */
  async probe(entries: readonly CatalogueEntry[]): Promise<void> {
    const wanted = new Set(entries.flatMap(({ endpoints }) => endpoints.map(({ id }) => id)));
    const { all, fallback } = this.catalogue.current;
    const known = fallback && !all.includes(fallback) ? [...all, fallback] : all;
    const targets = probeTargets(known).filter(({ members }) =>
      members.some(({ endpoint }) => wanted.has(endpoint.id)),
    );
    const endsAtMs = this.clock.monotonicMs() + this.timeoutMs;
    const remaining = targets.values();
    const lane = async () => {
      for (const target of remaining) await this.askInTurn(target, endsAtMs);
    };
    await Promise.all(Array.from({ length: MOST_AT_ONCE }, lane));
  }

  private get timeoutMs(): number {
    return this.configuration.current.upstream.probe.timeoutS * SECOND;
  }

  private get intervalMs(): number {
    return this.configuration.current.upstream.probe.intervalS * SECOND;
  }

  /** Backends often start together with Lumen, so that the first round begins after an interval. */
  private startOver(): void {
    this.round = [];
    this.next = 0;
    this.wait(this.intervalMs);
  }

  private wait(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.step, ms).unref();
  }

  private readonly step = (): void => {
    if (this.next >= this.round.length) this.beginRound();
    const target = this.round[this.next];
    if (target && this.underWay.size < MOST_AT_ONCE) {
      this.next += 1;
      void this.ask(target);
    }
    this.wait(this.intervalMs / Math.max(this.round.length, 1));
  };

  private beginRound(): void {
    const { list, fallback } = this.catalogue.current;
    this.round = probeTargets(fallback && !list.includes(fallback) ? [...list, fallback] : list);
    this.next = 0;
  }

  private async askInTurn(target: ProbeTarget, endsAtMs: number): Promise<void> {
    while (this.underWay.size >= MOST_AT_ONCE && !this.underWay.has(target.key)) {
      await Promise.race(this.underWay.values());
    }
    if (this.clock.monotonicMs() < endsAtMs) await this.ask(target);
  }

  /** Never rejects. Whoever asks what is being asked already waits for the same answer. */
  private ask(target: ProbeTarget): Promise<void> {
    const { key } = target;
    const already = this.underWay.get(key);
    if (already) return already;
    const asked = this.askNow(target).finally(() => this.underWay.delete(key));
    this.underWay.set(key, asked);
    return asked;
  }

  /** Once for all backends that cannot be asked; each keeps the result it had. */
  private tellOfWant(answer: ProbeAnswer | Unasked): void {
    const wasInWant = this.isInWant;
    this.isInWant = answer.kind === 'unasked';
    if (answer.kind !== 'unasked' || wasInWant) return;
    this.logger.warn(`Backends are not checked for now: ${answer.why}.`);
  }

  private async askNow({ endpoint: asked, members }: ProbeTarget): Promise<void> {
    const startedAtMs = this.clock.monotonicMs();
    const answer = await askModels(asked, this.timeoutMs, this.stopped.signal);
    if (this.stopped.signal.aborted) return;
    this.tellOfWant(answer);
    if (answer.kind === 'unasked') return;
    const latencyMs = Math.round(this.clock.monotonicMs() - startedAtMs);
    const at = this.clock.now();
    const isLogged = this.configuration.current.log.probes;
    for (const { entry, endpoint } of members) {
      const verdict = probeVerdict(answer, endpoint.upstreamModel);
      const probe = { at, latencyMs, ...verdict };
      this.router.probed(entry, endpoint.id, probe);
      this.checks.count(endpoint.id, probe);
      if (!isLogged) continue;
      const facts = [verdict.isOk ? 'ok' : 'failed', `${latencyMs} ms`, verdict.detail ?? []];
      const where = `${endpoint.origin}${endpoint.basePath} of model "${entry.id}"`;
      this.logger.log(`Probe of ${where}: ${facts.flat().join(', ')}`);
    }
  }
}
