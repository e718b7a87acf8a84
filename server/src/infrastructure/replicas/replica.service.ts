import { hostname } from 'node:os';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { ClockService } from '../clock/clock.service.js';
import { within } from '../clock/within.js';
import { newId } from '../crypto/identifiers.js';
import { REPLICA_SETTINGS, type ReplicaSettings } from './replica-settings.js';
import { ReplicaWatch } from './replica-watch.js';
import { ReplicasRepository } from './replicas.repository.js';

/** Of the lease: time between two beats. */
const BEAT_EVERY = 1 / 3;
/** Of the lease: a replica that could not beat for so long stops before others take it for dead. */
const FENCED_AFTER = 0.8;
/** A beat that failed is tried again this soon. */
const RETRY_MS = 1_000;
/** Leases after which a dead replica without work is forgotten. */
const FORGOTTEN_AFTER = 3;

/**
 * This process among those that share the database: it says that it lives, and watches who of the
 * others does. Both go by monotonic clocks alone, each by its own.
 */
@Injectable()
export class ReplicaService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  /** New with each start of the process. */
  readonly id = newId();
  private readonly logger = new Logger(ReplicaService.name);
  private readonly watch = new ReplicaWatch();
  private readonly startedAt: Date;
  private beats = 0;
  private beatMs: number;
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> = Promise.resolve();
  private isStopped = false;
  private isSaid = false;
  private placeWhenLooked = 0;

  constructor(
    private readonly repository: ReplicasRepository,
    private readonly clock: ClockService,
    @Inject(REPLICA_SETTINGS) private readonly settings: ReplicaSettings,
  ) {
    this.startedAt = clock.now();
    this.beatMs = clock.monotonicMs();
  }

  /** Others may soon take this process for dead, because it could not say that it lives. */
  get isFenced(): boolean {
    return this.clock.monotonicMs() - this.beatMs > this.settings.leaseMs() * FENCED_AFTER;
  }

  /**
   * The replicas that have been silent for a lease, as far as this one could see; what they were
   * working on is anybody's. Never this one. Rejects when the database is away.
   */
  async deadReplicas(): Promise<string[]> {
    await this.look();
    return this.watch.silentFor(this.settings.leaseMs()).map(({ id }) => id);
  }

  /**
   * Its place among the replicas that live, the first to start at 0. What others take theirs to be may
   * be a few seconds old.
   */
  get place(): number {
    return this.placeWhenLooked;
  }

  onApplicationBootstrap(): void {
    this.working = this.live();
  }

  /** After everybody has written what they held, while the database is still open. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.working;
    // Nobody waits for a process that has gone in peace.
    await within(RETRY_MS, this.repository.remove(this.id)).catch(() => undefined);
  }

  /** Says now that this process lives, and looks who else does. Rejects when the database is away. */
  async beat(): Promise<void> {
    const askedMs = this.clock.monotonicMs();
    this.beats += 1;
    const { id, beats, startedAt } = this;
    await this.repository.beat({ id, beat: beats, startedAt, host: hostname().slice(0, 255) });
    this.beatMs = Math.max(this.beatMs, askedMs);
    await this.look();
    await this.forgetDead();
  }

  private async live(): Promise<void> {
    let pauseMs = this.settings.leaseMs() * BEAT_EVERY;
    try {
      await within(pauseMs, this.beat());
      if (this.isSaid) this.logger.log('This process is in touch with the database again.');
      this.isSaid = false;
    } catch (error) {
      pauseMs = Math.min(pauseMs, RETRY_MS);
      this.warn(error);
    }
    if (!this.isStopped) this.timer = setTimeout(this.next, pauseMs).unref();
  }

  private readonly next = (): void => {
    this.working = this.live();
  };

  private async look(): Promise<void> {
    const askedMs = this.clock.monotonicMs();
    const beats = await this.repository.beats(this.settings.workTables);
    beats.delete(this.id);
    const answeredMs = this.clock.monotonicMs();
    const leaseMs = this.settings.leaseMs();
    this.watch.look(beats, { askedMs, answeredMs }, leaseMs);
    // Ids sort by when they were made.
    this.placeWhenLooked = this.watch.beating(leaseMs).filter((id) => id < this.id).length;
  }

  private async forgetDead(): Promise<void> {
    for (const { id, beat } of this.watch.silentFor(this.settings.leaseMs() * FORGOTTEN_AFTER)) {
      if (beat !== null) await this.repository.forget(id, beat, this.settings.workTables);
    }
  }

  private warn(error: unknown): void {
    if (this.isSaid || !this.isFenced) return;
    this.isSaid = true;
    this.logger.warn(`This process is out of touch with the database: ${String(error)}`);
  }
}
