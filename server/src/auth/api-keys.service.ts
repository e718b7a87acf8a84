import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LRUCache } from 'lru-cache';
import { IsNull, Repository } from 'typeorm';
import { ConfigurationService } from '../config/configuration.service.js';
import { ClockService } from '../infrastructure/clock/clock.service.js';
import { newId } from '../infrastructure/crypto/identifiers.js';
import { keyedHash, newToken } from '../infrastructure/crypto/tokens.js';
import { AppError } from '../infrastructure/errors/app-error.js';
import { personPrincipal, type Principal } from '../infrastructure/http/principal.js';
import { UsersService } from '../users/index.js';
import { ApiKey } from './api-key.entity.js';
import { KeyUsage } from './key-usage.js';

const KEY_SHAPE = /^sk_[A-Za-z0-9_-]{43}$/;
const CACHED_KEYS = 50_000;
const CACHED_FOR_MS = 60_000;

export interface CreatedKey {
  apiKey: ApiKey;
  /** The key itself, which is nowhere else: the caller shows it once. */
  key: string;
}

/** Keys for tools: made by the server only, shown once, kept as HMAC-SHA-256 under the encryption key. */
@Injectable()
export class ApiKeysService implements BeforeApplicationShutdown {
  private readonly principals = new LRUCache<string, Principal>({
    max: CACHED_KEYS,
    ttl: CACHED_FOR_MS,
  });
  private readonly usage: KeyUsage;

  constructor(
    @InjectRepository(ApiKey) private readonly keys: Repository<ApiKey>,
    private readonly users: UsersService,
    private readonly clock: ClockService,
    private readonly configuration: ConfigurationService,
  ) {
    this.usage = new KeyUsage(keys);
  }

  /** Makes a key for a person. */
  async create(userId: string, name: string): Promise<CreatedKey> {
    const key = `sk_${newToken()}`;
    const apiKey = this.keys.create({
      id: newId(),
      userId,
      name,
      keyHash: this.hash(key),
      hint: `${key.slice(0, 7)}…${key.slice(-4)}`,
      createdAt: this.clock.now(),
      lastUsedAt: null,
      revokedAt: null,
      clientId: null,
      createdBy: userId,
      expiresAt: null,
      onlyModels: null,
    });
    await this.keys.insert(apiKey);
    return { apiKey, key };
  }

  /** A person's keys, newest first, revoked ones included. */
  listOf(userId: string): Promise<ApiKey[]> {
    return this.keys.find({ where: { userId }, order: { id: 'DESC' } });
  }

  /** Ends a key at once. Someone else's key is as unknown as one that does not exist. */
  async revoke(userId: string, id: string): Promise<void> {
    const apiKey = await this.keys.findOneBy({ id, userId });
    if (!apiKey) throw new AppError('not_found', 'You have no API key with this id.');
    await this.keys.update({ id, revokedAt: IsNull() }, { revokedAt: this.clock.now() });
    this.principals.delete(apiKey.keyHash);
  }

  /**
   * Whose key this is: at once and without the database when the key was seen lately. Null if it is
   * malformed, unknown or revoked, or its owner is deactivated.
   */
  authenticate(key: string): Principal | null | Promise<Principal | null> {
    if (!KEY_SHAPE.test(key)) return null;
    const keyHash = this.hash(key);
    const cached = this.principals.get(keyHash);
    if (!cached) return this.load(keyHash);
    this.usage.note(cached.credentialId, this.clock.nowMs());
    return cached;
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.usage.close();
  }

  private async load(keyHash: string): Promise<Principal | null> {
    const apiKey = await this.keys.findOneBy({ keyHash, revokedAt: IsNull() });
    const user = apiKey?.userId ? await this.users.find(apiKey.userId) : null;
    if (!apiKey || !user?.isActive) return null;
    const principal = personPrincipal(user, { kind: 'api_key', id: apiKey.id });
    this.principals.set(keyHash, principal);
    this.usage.note(apiKey.id, this.clock.nowMs());
    return principal;
  }

  private hash(key: string): string {
    return keyedHash(this.configuration.current.app.apiKeySecret.reveal(), key);
  }
}
