import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, Repository } from 'typeorm';
import { type AuditContext } from '../infrastructure/audit/audit-context.js';
import { type AuditEvent, AuditTrailService } from '../infrastructure/audit/audit-trail.service.js';
import { ChangesService } from '../infrastructure/changes/changes.service.js';
import { ClockService } from '../infrastructure/clock/clock.service.js';
import { newId } from '../infrastructure/crypto/identifiers.js';
import { isUniqueViolation } from '../infrastructure/database/database-errors.js';
import { rowLock } from '../infrastructure/database/row-lock.js';
import { AppError } from '../infrastructure/errors/app-error.js';
import { TermsAcceptance } from './terms-acceptance.entity.js';
import { TermsVersion } from './terms-version.entity.js';

export interface PublishedTerms extends TermsVersion {
  /** How many people agreed to this version. */
  acceptances: number;
}

/** Publishes and withdraws versions of the terms. What was published once is never rewritten. */
@Injectable()
export class TermsPublicationService {
  constructor(
    @InjectRepository(TermsVersion) private readonly versions: Repository<TermsVersion>,
    private readonly audit: AuditTrailService,
    private readonly changes: ChangesService,
    private readonly clock: ClockService,
  ) {}

  /** Every version, the newest first. */
  async list(): Promise<PublishedTerms[]> {
    const versions = await this.versions.find({ order: { version: 'DESC' } });
    const counts = await this.versions.manager
      .createQueryBuilder(TermsAcceptance, 'acceptance')
      .select('acceptance.version', 'version')
      .addSelect('COUNT(*)', 'count')
      .groupBy('acceptance.version')
      .getRawMany<{ version: string | number; count: string | number }>();
    const of = new Map(counts.map(({ version, count }) => [Number(version), Number(count)]));
    return versions.map((each) => ({ ...each, acceptances: of.get(each.version) ?? 0 }));
  }

  /**
   * Publishes the version after `basedOn` (0 for the first); everybody is asked once.
   * @throws AppError conflict when another one was published meanwhile
   */
  async publish(
    { text, changes, basedOn }: { text: string; changes: string; basedOn: number },
    context: AuditContext,
  ): Promise<PublishedTerms> {
    const now = this.clock.now();
    const version = basedOn + 1;
    const published = { id: newId(), version, text, changes, publishedAt: now, withdrawnAt: null };
    await this.write(context, async (manager) => {
      const newest = await newestVersion(manager);
      if ((newest?.version ?? 0) !== basedOn) throw meanwhile();
      await manager.insert(TermsVersion, published);
      return { action: 'terms.publish', object: objectOf(version), after: { version, changes } };
    }).catch((error: unknown) => {
      throw isUniqueViolation(error) ? meanwhile() : error;
    });
    return { ...published, acceptances: 0 };
  }

  /** Nobody is asked any more. @throws AppError not_found; conflict for an older version */
  async withdraw(version: number, context: AuditContext): Promise<void> {
    await this.write(context, async (manager) => {
      const newest = await newestVersion(manager);
      if (newest === null) throw new AppError('not_found', 'No terms have been published.');
      if (newest.version !== version || newest.withdrawnAt !== null) {
        throw new AppError('conflict', 'Only the version in force can be withdrawn.');
      }
      await manager.update(TermsVersion, { id: newest.id }, { withdrawnAt: this.clock.now() });
      return { action: 'terms.withdraw', object: objectOf(version) };
    });
  }

  private async write(
    context: AuditContext,
    work: (manager: EntityManager) => Promise<AuditEvent>,
  ): Promise<void> {
    await this.versions.manager.transaction(async (manager) => {
      await this.audit.record(context, await work(manager), manager);
      await this.changes.publish('terms', '', manager);
    });
    this.changes.tellHere('terms');
  }
}

async function newestVersion(manager: EntityManager): Promise<TermsVersion | null> {
  const order = { version: 'DESC' } as const;
  const [newest] = await manager.find(TermsVersion, { order, take: 1, ...rowLock(manager) });
  return newest ?? null;
}

const objectOf = (version: number) => ({
  kind: 'terms',
  id: String(version),
  name: `Version ${version}`,
});

function meanwhile(): AppError {
  return new AppError(
    'conflict',
    'Somebody published other terms meanwhile. Reload the page and compare.',
  );
}
