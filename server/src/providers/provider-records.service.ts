import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { InjectDataSource, InjectRepository } from '@nestjs/typeorm';
import { DataSource, type EntityManager, IsNull, Not, Repository } from 'typeorm';
import { validate as isUuid } from 'uuid';
import { ConfigurationService } from '../config/configuration.service.js';
import { type AuditContext } from '../infrastructure/audit/audit-context.js';
import { ClockService } from '../infrastructure/clock/clock.service.js';
import { newId } from '../infrastructure/crypto/identifiers.js';
import { isUniqueViolation } from '../infrastructure/database/database-errors.js';
import { refusedAddress } from './base-url.js';
import { applyChanges, type NewProvider, type ProviderChanges } from './provider-changes.js';
import { ProviderHistoryService } from './provider-history.service.js';
import { ProviderKeysService } from './provider-keys.service.js';
import { DEFAULT_MARK, Provider } from './provider.entity.js';
import { badAddress, noProvider, slugTaken, staleEdit } from './providers.errors.js';
import { readModels } from './read-models.js';

/**
 * The rows of providers. Every change is one transaction that no other change of providers overlaps,
 * with its line in the audit log, and is in force here when the promise resolves, elsewhere within 2 s.
 */
@Injectable()
export class ProviderRecordsService {
  constructor(
    @InjectRepository(Provider) private readonly providers: Repository<Provider>,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly keys: ProviderKeysService,
    private readonly history: ProviderHistoryService,
    private readonly clock: ClockService,
    private readonly configuration: ConfigurationService,
  ) {}

  /** All of them, disabled ones too, first created first. */
  list(): Promise<Provider[]> {
    return this.providers.find({ order: { createdAt: 'ASC', id: 'ASC' } });
  }

  /** @throws AppError not_found */
  async find(id: string): Promise<Provider> {
    const provider = isUuid(id) ? await this.providers.findOneBy({ id }) : null;
    if (!provider) throw noProvider();
    return provider;
  }

  /** @throws AppError invalid_request, conflict for a slug that is taken */
  async create(audit: AuditContext, wanted: NewProvider): Promise<Provider> {
    const provider = this.blank(wanted);
    this.checkAddress(provider.baseUrl);
    await this.change(provider.slug, async (manager) => {
      if (provider.defaultMark !== null) await this.unsetDefault(manager, audit, provider.id);
      await manager.insert(Provider, provider);
      await this.history.created(audit, provider, manager);
    });
    return provider;
  }

  /**
   * Changes what is given; an empty key keeps the one that is there.
   * @throws AppError not_found, invalid_request, conflict for a slug that is taken, or where somebody
   * changed the provider since `updatedAt`
   */
  async update(audit: AuditContext, id: string, wanted: ProviderChanges): Promise<Provider> {
    const known = await this.find(id);
    return this.change(wanted.slug ?? known.slug, async (manager) => {
      const before = await manager.findOneBy(Provider, { id });
      if (!before) throw noProvider();
      checkUnchanged(before, wanted.updatedAt);
      const sealedKey = wanted.apiKey ? this.keys.seal(id, wanted.apiKey) : before.sealedKey;
      const changed = { ...applyChanges(before, wanted), sealedKey };
      if (isDeepStrictEqual(changed, { ...before })) return before;
      const after = { ...changed, updatedAt: this.clock.now() };
      if (after.baseUrl !== before.baseUrl) this.checkAddress(after.baseUrl);
      if (after.defaultMark !== null) await this.unsetDefault(manager, audit, id);
      const { id: _id, createdAt: _createdAt, ...columns } = after;
      await manager.update(Provider, { id }, columns);
      await this.history.updated(audit, { before, after }, manager);
      return after;
    });
  }

  /** @throws AppError not_found */
  async remove(audit: AuditContext, id: string): Promise<void> {
    const { slug } = await this.find(id);
    await this.change(slug, async (manager) => {
      const provider = await manager.findOneBy(Provider, { id });
      if (!provider) throw noProvider();
      await manager.delete(Provider, { id });
      await this.history.removed(audit, provider, manager);
    });
  }

  /** The one default loses its mark, whichever it is; that of `except` stays. */
  private async unsetDefault(
    manager: EntityManager,
    audit: AuditContext,
    except: string,
  ): Promise<void> {
    const marked = { defaultMark: Not(IsNull()), id: Not(except) };
    const before = await manager.findBy(Provider, marked);
    const updatedAt = this.clock.now();
    await manager.update(Provider, marked, { defaultMark: null, updatedAt });
    for (const provider of before) {
      const after = { ...provider, defaultMark: null };
      await this.history.updated(audit, { before: provider, after }, manager);
    }
  }

  private async change<T>(slug: string, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    try {
      const result = await this.dataSource.transaction(async (manager) => {
        await takeTurn(manager);
        return work(manager);
      });
      await this.history.tellHere();
      return result;
    } catch (error) {
      if (isUniqueViolation(error)) throw slugTaken(slug);
      throw error;
    }
  }

  private checkAddress(baseUrl: string): void {
    const { allowPrivate } = this.configuration.current.upstream;
    const refusal = refusedAddress(baseUrl, allowPrivate);
    if (refusal !== null) throw badAddress(refusal);
  }

  private blank(wanted: NewProvider): Provider {
    const { name, slug, type, baseUrl, apiKey, models, modelSettings } = wanted;
    const id = newId();
    const now = this.clock.now();
    return {
      id,
      name,
      slug,
      type,
      baseUrl,
      sealedKey: this.keys.seal(id, apiKey ?? ''),
      models: readModels(models, modelSettings),
      isEnabled: wanted.isEnabled ?? true,
      defaultMark: wanted.isDefault ? DEFAULT_MARK : null,
      createdAt: now,
      updatedAt: now,
    };
  }
}

function checkUnchanged({ slug, updatedAt }: Provider, seenAt: string | undefined): void {
  if (seenAt !== undefined && Date.parse(seenAt) !== updatedAt.getTime()) throw staleEdit(slug);
}

/**
 * Changes of providers wait for each other, so that what one decides by stays true until it is
 * committed. On SQLite a transaction is the only one that writes.
 */
async function takeTurn(manager: EntityManager): Promise<void> {
  if (manager.dataSource.options.type !== 'postgres') return;
  await manager.query('LOCK TABLE providers IN SHARE ROW EXCLUSIVE MODE');
}
