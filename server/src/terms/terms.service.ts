import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LRUCache } from 'lru-cache';
import { Repository } from 'typeorm';
import { type AuditContext } from '../infrastructure/audit/audit-context.js';
import { AuditTrailService } from '../infrastructure/audit/audit-trail.service.js';
import { ChangesService } from '../infrastructure/changes/changes.service.js';
import { ClockService } from '../infrastructure/clock/clock.service.js';
import { newId } from '../infrastructure/crypto/identifiers.js';
import { isUniqueViolation } from '../infrastructure/database/database-errors.js';
import { AppError } from '../infrastructure/errors/app-error.js';
import { TermsAcceptance } from './terms-acceptance.entity.js';
import { TermsVersion } from './terms-version.entity.js';

/** Also without a word of a change they are read anew after this time. */
const KEPT_MS = 60_000;
const PEOPLE_KEPT = 50_000;

/** The terms in force, and who agreed to them. Both are in memory once they were asked for. */
@Injectable()
export class TermsService {
  private kept: { until: number; current: Promise<TermsVersion | null> } | null = null;
  /** The newest version each person is known to have agreed to. */
  private readonly agreed = new LRUCache<string, number>({ max: PEOPLE_KEPT });

  constructor(
    @InjectRepository(TermsVersion) private readonly versions: Repository<TermsVersion>,
    @InjectRepository(TermsAcceptance) private readonly acceptances: Repository<TermsAcceptance>,
    private readonly audit: AuditTrailService,
    private readonly clock: ClockService,
    changes: ChangesService,
  ) {
    changes.heard$.subscribe(({ kind }) => {
      if (kind === 'terms') this.kept = null;
    });
  }

  /** What everybody who signs in has to agree to; null: nothing. */
  current(): Promise<TermsVersion | null> {
    const now = this.clock.nowMs();
    if (this.kept === null || this.kept.until < now) {
      const kept = { until: now + KEPT_MS, current: this.read() };
      kept.current.catch(() => {
        if (this.kept === kept) this.kept = null;
      });
      this.kept = kept;
    }
    return this.kept.current;
  }

  /** When a person agreed to a version; null: not yet. */
  async agreedAt(userId: string, version: number): Promise<Date | null> {
    const acceptance = await this.acceptances.findOneBy({ userId, version });
    if (acceptance) this.agreed.set(userId, version);
    return acceptance?.acceptedAt ?? null;
  }

  /** Whether a person has still to agree to the terms in force. */
  async isOwing(userId: string): Promise<boolean> {
    const current = await this.current();
    if (current === null || this.agreed.get(userId) === current.version) return false;
    return (await this.agreedAt(userId, current.version)) === null;
  }

  /**
   * Records that a person agrees; doing it twice is the same as once.
   * @throws AppError conflict when this is not the version in force
   */
  async accept(userId: string, version: number, context: AuditContext): Promise<Date> {
    const current = await this.current();
    if (current?.version !== version) {
      throw new AppError(
        'conflict',
        'The terms have changed since this page was opened. Reload it and read them again.',
      );
    }
    const before = await this.agreedAt(userId, version);
    if (before !== null) return before;
    const acceptedAt = this.clock.now();
    await this.acceptances.manager
      .transaction(async (manager) => {
        await manager.insert(TermsAcceptance, { id: newId(), userId, version, acceptedAt });
        const object = { kind: 'terms', id: String(version), name: `Version ${version}` };
        await this.audit.record(context, { action: 'terms.accept', object }, manager);
      })
      .catch((error: unknown) => {
        // Two windows at once: the other one was first.
        if (!isUniqueViolation(error)) throw error;
      });
    this.agreed.set(userId, version);
    return acceptedAt;
  }

  private async read(): Promise<TermsVersion | null> {
    const [newest] = await this.versions.find({ order: { version: 'DESC' }, take: 1 });
    return newest === undefined || newest.withdrawnAt !== null ? null : newest;
  }
}
