import { Injectable, Logger } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { auditContextOf, SYSTEM_CONTEXT } from '../../infrastructure/audit/audit-context.js';
import { AuditTrailService } from '../../infrastructure/audit/audit-trail.service.js';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { type AppError } from '../../infrastructure/errors/app-error.js';
import { type Admission } from './admission.js';
import { callerAddress } from './caller-address.js';
import { PendingLookUps } from './pending-look-ups.js';
import { tooMany } from './rate-limit-answer.js';
import { RateLimitsService } from './rate-limits.service.js';

/** Keys that were found once are always looked up; more than any process serves in a day. */
const FOUND_KEYS = 100_000;
/** A forgotten tool tries its dead key every second; the audit log hears of it once in this time. */
const TOLD_EVERY_MS = 60_000;
const TOLD_KEYS = 10_000;

/** A key that exists and is no longer good. */
export interface DeadKey {
  id: string;
  name: () => Promise<string>;
  reason: string;
}

/**
 * Limits how many wrong keys an address may try, and tells the audit log of dead ones. Only a key
 * that nobody knows counts; one beyond the limit is refused before it is looked up. A key that this
 * process has found before is never refused for what others behind its address do.
 */
@Injectable()
export class RefusedKeysService {
  private readonly found = new LRUCache<string, true>({ max: FOUND_KEYS });
  private readonly pending = new PendingLookUps();
  private readonly told = new LRUCache<string, true>({ max: TOLD_KEYS, ttl: TOLD_EVERY_MS });
  private readonly logger = new Logger(RefusedKeysService.name);

  constructor(
    private readonly limits: RateLimitsService,
    private readonly clock: ClockService,
    private readonly audit: AuditTrailService,
  ) {}

  /**
   * What `find` finds for the key with this hash; only finding nothing costs the address a try.
   * @throws AppError rate_limit_exceeded
   */
  async lookUp<Found>(
    keyHash: string,
    request: FastifyRequest | undefined,
    find: () => Promise<Found | null>,
  ): Promise<Found | null> {
    if (!request || this.found.has(keyHash)) return find();
    const address = callerAddress(request);
    if (!(await this.begin(address, keyHash))) return find();
    let isWrong = false;
    try {
      const found = await find();
      isWrong = found === null;
      if (!isWrong) this.found.set(keyHash, true);
      return found;
    } finally {
      // A database that is away says nothing about the key either.
      if (!isWrong) this.limits.giveBack('failed_keys', address);
      this.pending.end(address);
    }
  }

  /**
   * Counts what cannot be a key at all.
   * @throws AppError rate_limit_exceeded
   */
  async refuse(request: FastifyRequest): Promise<null> {
    await this.count(callerAddress(request));
    return null;
  }

  /** The key is refused whether or not the audit log can be written. */
  async tell({ id, name, reason }: DeadKey, request?: FastifyRequest): Promise<void> {
    if (this.told.has(id)) return;
    this.told.set(id, true);
    try {
      await this.audit.record(request ? auditContextOf(request) : SYSTEM_CONTEXT, {
        action: 'api_key.use',
        outcome: 'refused',
        object: { kind: 'api_key', id, name: await name() },
        reason,
      });
    } catch (error) {
      this.logger.warn(`A refused API key is missing from the audit log: ${String(error)}`);
    }
  }

  /**
   * Before the look-up, so that a thousand at once do not slip through together. What is under way may
   * be given back: the good keys of a whole campus behind one address, after a restart, wait for that
   * instead of being refused. False: neither counted nor begun, for it was found meanwhile.
   */
  private async begin(address: string, keyHash: string): Promise<boolean> {
    while (!this.found.has(keyHash)) {
      const { ended } = this.pending;
      const admission = await this.limits.take('failed_keys', address);
      if (admission.isAdmitted) {
        this.pending.begin(address);
        return true;
      }
      const next = this.pending.next(address);
      if (next === null && ended === this.pending.ended) throw this.tooManyWrong(admission);
      await next;
    }
    return false;
  }

  private async count(address: string): Promise<void> {
    const admission = await this.limits.take('failed_keys', address);
    if (!admission.isAdmitted) throw this.tooManyWrong(admission);
  }

  private tooManyWrong(admission: Admission): AppError {
    return tooMany('wrong API keys from your address', admission, this.clock.now());
  }
}
