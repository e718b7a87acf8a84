import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type Observable, Subject } from 'rxjs';
import { type EntityManager, LessThan, MoreThan, Not, Repository } from 'typeorm';
import { ClockService } from '../clock/clock.service.js';
import { within } from '../clock/within.js';
import { newId } from '../crypto/identifiers.js';
import { Change } from './change.entity.js';

/**
 * What caches are told: `owner` (id), `api_key` (id), `groups`, `clients`, `providers`,
 * `announcements`, `terms`, and `person_gone` (id of somebody whose account was deleted). What the
 * chat is told: `answer_stop` (id of the answer), and of a person, by id, with that of the conversation
 * after a space: `chat_conversation`, `chat_removed`, `chat_folders`, `chat_budget`.
 */
export type ChangeKind =
  | 'owner'
  | 'api_key'
  | 'session'
  | 'groups'
  | 'clients'
  | 'providers'
  | 'announcements'
  | 'terms'
  | 'person_gone'
  | 'answer_stop'
  | 'chat_conversation'
  | 'chat_removed'
  | 'chat_folders'
  | 'chat_budget';

export interface HeardChange {
  kind: ChangeKind;
  /** The id of what changed; empty when the kind says it all. */
  subject: string;
}

const LOOK_EVERY_MS = 1_000;
/** Rows may become visible later than their time says: another clock, a slow commit. */
const OVERLAP_MS = 15_000;
const KEPT_MS = 10 * 60_000;
/** A connection that went silent must not keep this process from hearing on another. */
const LONGEST_LOOK_MS = 10_000;
/** What is kept in memory until a change is heard. */
const KEPT_IN_MEMORY = ['groups', 'clients', 'providers', 'announcements', 'terms'] as const;

/**
 * Tells every replica what changed, so that their caches forget it: here at once, elsewhere within
 * two seconds, on either database and without another product.
 */
@Injectable()
export class ChangesService implements OnApplicationBootstrap, OnModuleDestroy {
  readonly heard$: Observable<HeardChange>;
  private readonly heard = new Subject<HeardChange>();
  private readonly logger = new Logger(ChangesService.name);
  private readonly origin = newId();
  private seen = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();
  private isFailing = false;
  /** Since when there may be changes that were not heard. */
  private lookedMs: number;

  constructor(
    @InjectRepository(Change) private readonly changes: Repository<Change>,
    private readonly clock: ClockService,
  ) {
    this.lookedMs = clock.nowMs();
    this.heard$ = this.heard.asObservable();
  }

  /**
   * Announces a change: written with the change itself when `manager` is that of its transaction.
   * Call `tellHere` (or let this do it, without a manager) once the transaction is committed.
   */
  async publish(kind: ChangeKind, subject = '', manager?: EntityManager): Promise<void> {
    const repository = manager?.getRepository(Change) ?? this.changes;
    const at = this.clock.now();
    await repository.insert({ id: newId(), at, origin: this.origin, kind, subject });
    if (!manager) this.tellHere(kind, subject);
  }

  /** Tells the caches of this process alone. */
  tellHere(kind: ChangeKind, subject = ''): void {
    this.heard.next({ kind, subject });
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.lookNow(), LOOK_EVERY_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
    this.heard.complete();
  }

  /** Looks at once for what other processes announced; never rejects. */
  lookNow(): Promise<void> {
    this.looking = this.looking.then(() => this.look());
    return this.looking;
  }

  /** Forgets what every replica has had the time to hear. */
  async removeOld(): Promise<void> {
    await this.changes.delete({ at: LessThan(new Date(this.clock.nowMs() - KEPT_MS)) });
  }

  private async look(): Promise<void> {
    const nowMs = this.clock.nowMs();
    try {
      const rows = await within(LONGEST_LOOK_MS, this.announcedSince(this.lookedMs, nowMs));
      const fresh = rows.filter(({ id }) => !this.seen.has(id));
      this.seen = new Set(rows.map(({ id }) => id));
      const awayMs = nowMs - this.lookedMs;
      this.lookedMs = nowMs;
      for (const { kind, subject } of fresh) this.tellHere(kind as ChangeKind, subject);
      if (awayMs > KEPT_MS - OVERLAP_MS) this.forgetAll();
      this.isFailing = false;
    } catch (error) {
      if (!this.isFailing) this.logger.warn(`Other replicas cannot be heard: ${String(error)}`);
      this.isFailing = true;
    }
  }

  /** The clock may have been set back. */
  private announcedSince(lookedMs: number, nowMs: number): Promise<Change[]> {
    const since = new Date(Math.min(lookedMs, nowMs) - OVERLAP_MS);
    return this.changes.findBy({ at: MoreThan(since), origin: Not(this.origin) });
  }

  /** What was announced meanwhile may have been cleared away before it was heard. */
  private forgetAll(): void {
    this.logger.warn(
      'Other replicas were not heard for long; what they may have changed is read anew.',
    );
    for (const kind of KEPT_IN_MEMORY) this.tellHere(kind);
  }
}
