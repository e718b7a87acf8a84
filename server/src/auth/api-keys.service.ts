import { Injectable } from '@nestjs/common';
import { InjectDataSource, InjectRepository } from '@nestjs/typeorm';
import {
  DataSource,
  type EntityManager,
  In,
  IsNull,
  LessThanOrEqual,
  MoreThan,
  Not,
  Repository,
} from 'typeorm';
import { validate as isUuid } from 'uuid';
import { ConfigurationService } from '../config/configuration.service.js';
import { type AuditContext } from '../infrastructure/audit/audit-context.js';
import { AuditTrailService } from '../infrastructure/audit/audit-trail.service.js';
import { ChangesService } from '../infrastructure/changes/changes.service.js';
import { ClockService } from '../infrastructure/clock/clock.service.js';
import { newId } from '../infrastructure/crypto/identifiers.js';
import { AppError } from '../infrastructure/errors/app-error.js';
import { type OwnerKind } from '../infrastructure/http/principal.js';
import { currentHash } from './api-key-secrets.js';
import { hintOf, newApiKey } from './api-key-text.js';
import { ApiKey } from './api-key.entity.js';

const HOUR_MS = 3_600_000;
/** One person or client needs a few; a thousand would be a mistake in somebody's script. */
const MOST_LIVE_KEYS = 100;
const ENDED_KEYS_SHOWN = 200;
/** On SQLite a transaction is the only one anyway. */
const LOCK_KEYS = "SELECT pg_advisory_xact_lock(hashtextextended('api_keys ' || $1, 0))";

/** Whose key: a person or a client. */
export interface KeyOwner {
  kind: OwnerKind;
  id: string;
  /** As the audit log names the owner: an address, or the name of a client. */
  name: string;
}

export interface NewKey {
  name: string;
  expiresAt?: Date | null;
  /** The only models it may use; null: whatever its owner may. */
  onlyModels?: readonly string[] | null;
}

export interface Rotation {
  /** How long the key before goes on working. 0: not at all. */
  overlapHours: number;
  /** When the new key ends; otherwise when the one before would have. */
  expiresAt?: Date;
}

export interface CreatedKey {
  apiKey: ApiKey;
  /** The key itself, which is nowhere else: the caller shows it once. */
  key: string;
}

/** Keys for tools: made by the server only, shown once, kept as HMAC-SHA-256 under the encryption key. */
@Injectable()
export class ApiKeysService {
  constructor(
    @InjectRepository(ApiKey) private readonly keys: Repository<ApiKey>,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly audit: AuditTrailService,
    private readonly changes: ChangesService,
    private readonly clock: ClockService,
    private readonly configuration: ConfigurationService,
  ) {}

  /** @throws AppError invalid_request for an end that has passed, conflict for too many keys */
  async create(audit: AuditContext, owner: KeyOwner, wanted: NewKey): Promise<CreatedKey> {
    this.requireFuture(wanted.expiresAt);
    return this.dataSource.transaction(async (manager) => {
      await this.requireRoom(manager, owner);
      return this.insert(manager, { audit, owner, wanted, action: 'api_key.create' });
    });
  }

  /** An owner's keys, newest first: all that work and the latest of those that have ended. */
  async listOf(owner: Pick<KeyOwner, 'kind' | 'id'>): Promise<ApiKey[]> {
    const order = { id: 'DESC' } as const;
    const ofOwner = rowsOf(owner);
    const hasEnded = [
      { ...ofOwner, revokedAt: Not(IsNull()) },
      { ...ofOwner, expiresAt: LessThanOrEqual(this.clock.now()) },
    ];
    const live = await this.keys.find({ where: this.liveOf(owner), order });
    const ended = await this.keys.find({ where: hasEnded, order, take: ENDED_KEYS_SHOWN });
    return [...live, ...ended].sort((one, other) => (one.id < other.id ? 1 : -1));
  }

  /** Whose each of these keys is, ended ones included; without those that do not exist. */
  async ownersOf(ids: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.keys.find({
      where: { id: In(ids) },
      select: { id: true, userId: true, clientId: true },
    });
    return new Map(rows.map(({ id, userId, clientId }) => [id, (userId ?? clientId)!]));
  }

  /** When a key of each of a few hundred people was last used, ended keys included. */
  async lastUsedOf(userIds: readonly string[]): Promise<Map<string, Date>> {
    if (userIds.length === 0) return new Map();
    const rows = await this.keys.find({
      where: { userId: In(userIds), lastUsedAt: Not(IsNull()) },
      select: { userId: true, lastUsedAt: true },
    });
    const latest = new Map<string, Date>();
    for (const { userId, lastUsedAt } of rows) {
      if (userId === null || lastUsedAt === null) continue;
      const known = latest.get(userId);
      if (!known || known < lastUsedAt) latest.set(userId, lastUsedAt);
    }
    return latest;
  }

  /** The latest use of any key of everybody who has used one, by user. */
  async lastUsed(): Promise<Map<string, number>> {
    const rows = await this.keys
      .createQueryBuilder('key')
      .select('key.userId', 'id')
      .addSelect('MAX(key.lastUsedAt)', 'at')
      .where('key.userId IS NOT NULL AND key.lastUsedAt IS NOT NULL')
      .groupBy('key.userId')
      .getRawMany<{ id: string; at: string | number }>();
    return new Map(rows.map(({ id, at }) => [id, Number(at)]));
  }

  /**
   * Ends a key: here at once, on other replicas within 2 s. Ending it again changes nothing.
   * @throws AppError not_found, for somebody else's key as for one that does not exist
   */
  async revoke(audit: AuditContext, owner: KeyOwner, id: string): Promise<void> {
    const apiKey = await this.find(audit, owner, { id, action: 'api_key.revoke' });
    await this.end(audit, apiKey);
  }

  /** Ends anybody's key, for operators. @throws AppError not_found */
  async revokeAny(audit: AuditContext, id: string): Promise<ApiKey> {
    const apiKey = isUuid(id) ? await this.keys.findOneBy({ id }) : null;
    if (!apiKey) throw new AppError('not_found', `There is no API key with the id "${id}".`);
    await this.end(audit, apiKey);
    return apiKey;
  }

  /** How many keys that still work each secret has hashed, by its id; '' where that is not known. */
  async liveBySecret(): Promise<Map<string, number>> {
    const rows = await this.keys
      .createQueryBuilder('key')
      .select('key.hashedBy', 'id')
      .addSelect('count(*)', 'count')
      .where('key.revokedAt IS NULL')
      .andWhere('(key.expiresAt IS NULL OR key.expiresAt > :nowMs)', {
        nowMs: this.clock.nowMs(),
      })
      .groupBy('key.hashedBy')
      .getRawMany<{ id: string | null; count: string | number }>();
    return new Map(rows.map(({ id, count }) => [id ?? '', Number(count)]));
  }

  /**
   * Makes a key in place of another, for the same models and with the same name; the one before
   * works for `overlapHours` more, so that tools can change over.
   * @throws AppError not_found as `revoke`, conflict for a key that has ended
   */
  async rotate(
    audit: AuditContext,
    owner: KeyOwner,
    { id, ...rotation }: Rotation & { id: string },
  ): Promise<CreatedKey> {
    this.requireFuture(rotation.expiresAt);
    await this.find(audit, owner, { id, action: 'api_key.rotate' });
    const created = await this.dataSource.transaction(async (manager) => {
      await this.requireRoom(manager, owner);
      const before = await manager.findOneByOrFail(ApiKey, { id });
      if (this.hasEnded(before)) throw alreadyEnded();
      await this.limit(manager, before, rotation.overlapHours);
      const expiresAt = rotation.expiresAt ?? before.expiresAt;
      const wanted = { name: before.name, onlyModels: before.onlyModels, expiresAt };
      const action = 'api_key.rotate';
      return this.insert(manager, { audit, owner, wanted, action, replaces: before.id });
    });
    this.changes.tellHere('api_key', id);
    return created;
  }

  private async insert(manager: EntityManager, making: Making): Promise<CreatedKey> {
    const { audit, owner, wanted, action, replaces } = making;
    const key = newApiKey();
    const apiKey = manager.create(ApiKey, {
      id: newId(),
      userId: owner.kind === 'user' ? owner.id : null,
      clientId: owner.kind === 'client' ? owner.id : null,
      createdBy: audit.actorKind === 'user' ? audit.actorId : null,
      name: wanted.name,
      ...currentHash(this.configuration.current, key),
      hint: hintOf(key),
      createdAt: this.clock.now(),
      lastUsedAt: null,
      revokedAt: null,
      expiresAt: wanted.expiresAt ?? null,
      onlyModels: wanted.onlyModels ? [...wanted.onlyModels] : null,
    });
    await manager.insert(ApiKey, apiKey);
    const { expiresAt, onlyModels } = apiKey;
    const object = { kind: 'api_key', id: apiKey.id, name: apiKey.name };
    const after = { owner: owner.name, ownerKind: owner.kind, expiresAt, onlyModels };
    const before = replaces === undefined ? undefined : { id: replaces };
    await this.audit.record(audit, { action, object, before, after }, manager);
    return { apiKey, key };
  }

  /** Sets the end of a key that is being replaced; it never becomes later than it was. */
  private async limit(manager: EntityManager, apiKey: ApiKey, hours: number): Promise<void> {
    const now = this.clock.now();
    const end = new Date(now.getTime() + hours * HOUR_MS);
    const expiresAt = apiKey.expiresAt && apiKey.expiresAt < end ? apiKey.expiresAt : end;
    const live = { id: apiKey.id, revokedAt: IsNull() };
    const change = hours === 0 ? { revokedAt: now } : { expiresAt };
    const { affected } = await manager.update(ApiKey, live, change);
    if (!affected) throw alreadyEnded();
    await this.changes.publish('api_key', apiKey.id, manager);
  }

  private async end(audit: AuditContext, { id, name, userId, clientId }: ApiKey): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const live = { id, revokedAt: IsNull() };
      const { affected } = await manager.update(ApiKey, live, { revokedAt: this.clock.now() });
      if (!affected) return;
      const object = { kind: 'api_key', id, name };
      const before = { ownerId: userId ?? clientId };
      await this.audit.record(audit, { action: 'api_key.revoke', object, before }, manager);
      await this.changes.publish('api_key', id, manager);
    });
    this.changes.tellHere('api_key', id);
  }

  private async find(
    audit: AuditContext,
    owner: KeyOwner,
    { id, action }: { id: string; action: string },
  ): Promise<ApiKey> {
    const apiKey = isUuid(id) ? await this.keys.findOneBy({ id }) : null;
    if (apiKey && (owner.kind === 'user' ? apiKey.userId : apiKey.clientId) === owner.id) {
      return apiKey;
    }
    if (apiKey) {
      const object = { kind: 'api_key', id, name: apiKey.name };
      const reason = `not a key of ${owner.name}`;
      await this.audit.record(audit, { action, outcome: 'refused', object, reason });
    }
    throw new AppError('not_found', 'There is no API key with this id here.');
  }

  /** Until the transaction ends, nobody else makes or rotates keys of this owner. */
  private async requireRoom(manager: EntityManager, owner: KeyOwner): Promise<void> {
    const isPostgres = manager.dataSource.options.type === 'postgres';
    if (isPostgres) await manager.query(LOCK_KEYS, [owner.id]);
    const count = await manager.countBy(ApiKey, this.liveOf(owner));
    if (count < MOST_LIVE_KEYS) return;
    throw new AppError(
      'conflict',
      `There are ${count} API keys in use already, and ${MOST_LIVE_KEYS} is the most. Revoke those that are not needed.`,
    );
  }

  private liveOf(owner: Pick<KeyOwner, 'kind' | 'id'>) {
    const live = { ...rowsOf(owner), revokedAt: IsNull() };
    return [
      { ...live, expiresAt: IsNull() },
      { ...live, expiresAt: MoreThan(this.clock.now()) },
    ];
  }

  private hasEnded({ revokedAt, expiresAt }: ApiKey): boolean {
    return revokedAt !== null || (expiresAt !== null && expiresAt <= this.clock.now());
  }

  private requireFuture(expiresAt: Date | null | undefined): void {
    if (!expiresAt || expiresAt > this.clock.now()) return;
    throw new AppError('invalid_request', 'expiresAt has passed. Give a time in the future.', {
      details: { fields: { expiresAt: ['expiresAt is in the future.'] } },
    });
  }
}

/** A key in the making, and under which word the audit log has it. */
interface Making {
  audit: AuditContext;
  owner: KeyOwner;
  wanted: NewKey;
  action: string;
  /** Id of the key it takes the place of. */
  replaces?: string;
}

function rowsOf({ kind, id }: Pick<KeyOwner, 'kind' | 'id'>) {
  return kind === 'user' ? { userId: id } : { clientId: id };
}

function alreadyEnded(): AppError {
  return new AppError('conflict', 'This API key has ended already. Make a new one instead.');
}
