import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type FastifyRequest } from 'fastify';
import { In, Repository } from 'typeorm';
import { ConfigurationService } from '../config/configuration.service.js';
import { ChangesService, type HeardChange } from '../infrastructure/changes/changes.service.js';
import { ClockService } from '../infrastructure/clock/clock.service.js';
import { AppError } from '../infrastructure/errors/app-error.js';
import { type Principal } from '../infrastructure/http/principal.js';
import { ApiKeyCache, type KnownKey } from './api-key-cache.js';
import { ApiKeyOwnersService } from './api-key-owners.service.js';
import { currentHash, earlierHashes, type HashedKey } from './api-key-secrets.js';
import { fingerprintOf, looksLikeApiKey } from './api-key-text.js';
import { ApiKey } from './api-key.entity.js';
import { KeyUsage } from './key-usage.js';
import { RefusedKeysService } from './rate-limits/refused-keys.service.js';

const CACHED_KEYS = 50_000;
const CACHED_FOR_MS = 60_000;

/** Finds out whose key was sent: from memory when it was seen lately, and never a revoked one. */
@Injectable()
export class ApiKeyAuthenticationService implements BeforeApplicationShutdown {
  private readonly cache = new ApiKeyCache({ max: CACHED_KEYS, ttlMs: CACHED_FOR_MS });
  private readonly usage: KeyUsage;

  constructor(
    @InjectRepository(ApiKey) private readonly keys: Repository<ApiKey>,
    private readonly owners: ApiKeyOwnersService,
    private readonly clock: ClockService,
    private readonly configuration: ConfigurationService,
    private readonly refusedKeys: RefusedKeysService,
    changes: ChangesService,
  ) {
    this.usage = new KeyUsage(keys);
    changes.heard$.subscribe((change) => this.forget(change));
    configuration.changes$.subscribe(({ previous, current }) => {
      if (previous.app.apiKeySecret.reveal() !== current.app.apiKeySecret.reveal())
        this.cache.clear();
    });
  }

  /**
   * Whose key this is: at once and without the database when the key was seen lately. Null if it is
   * malformed or unknown. A key that is known but no longer good is an error that says why, and a
   * line in the audit log, with the address of `request`. An address that has sent too many unknown
   * keys is refused, unless its key was found before.
   * @throws AppError api_key_invalid or rate_limit_exceeded, at once or later
   */
  authenticate(
    key: string,
    request?: FastifyRequest,
  ): Principal | null | Promise<Principal | null> {
    if (!looksLikeApiKey(key)) return request ? this.refusedKeys.refuse(request) : null;
    const fingerprint = fingerprintOf(key);
    const known = this.cache.get(fingerprint);
    return known ? this.admit(known, request) : this.load(key, fingerprint, request);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.usage.close();
  }

  private async load(
    key: string,
    fingerprint: string,
    request?: FastifyRequest,
  ): Promise<Principal | null> {
    const { generation } = this.cache;
    const hashed = currentHash(this.configuration.current, key);
    const apiKey = await this.refusedKeys.lookUp(hashed.keyHash, request, () =>
      this.find(key, hashed),
    );
    if (!apiKey) return null;
    const known = await this.describe(apiKey);
    this.cache.set(fingerprint, known, generation);
    return this.admit(known, request);
  }

  /** One that was hashed under an earlier secret is hashed anew: only now is the key itself here. */
  private async find(key: string, hashed: HashedKey): Promise<ApiKey | null> {
    const hashes = [hashed.keyHash, ...earlierHashes(this.configuration.current, key)];
    const apiKey = await this.keys.findOneBy({ keyHash: In(hashes) });
    if (apiKey && apiKey.hashedBy !== hashed.hashedBy) {
      const { id, keyHash } = apiKey;
      // If this fails, the next use does it.
      await this.keys.update({ id, keyHash }, { ...hashed }).catch(() => undefined);
    }
    return apiKey;
  }

  private async describe(apiKey: ApiKey): Promise<KnownKey> {
    const bearer = apiKey.revokedAt
      ? { refusal: 'it was revoked' }
      : await this.owners.bearerOf(apiKey);
    return {
      keyId: apiKey.id,
      ownerId: apiKey.userId ?? apiKey.clientId ?? '',
      principal: 'principal' in bearer ? bearer.principal : null,
      refusal: 'refusal' in bearer ? bearer.refusal : null,
      expiresAtMs: apiKey.expiresAt?.getTime() ?? null,
    };
  }

  /** Time and configuration pass without telling the cache, so they are looked at each time. */
  private admit(known: KnownKey, request?: FastifyRequest): Principal | Promise<never> {
    const { principal } = known;
    const nowMs = this.clock.nowMs();
    if (!principal) return this.refuse(known, known.refusal ?? 'its owner is gone', request);
    if (known.expiresAtMs !== null && known.expiresAtMs <= nowMs) {
      const end = new Date(known.expiresAtMs).toISOString();
      return this.refuse(known, `it expired at ${end}`, request);
    }
    if (principal.ownerKind === 'client' && this.owners.isDisabledByFile(principal.name)) {
      return this.refuse(known, `config.yaml disables the client "${principal.name}"`, request);
    }
    this.usage.note(known.keyId, nowMs);
    return principal;
  }

  private async refuse(
    { keyId }: KnownKey,
    reason: string,
    request?: FastifyRequest,
  ): Promise<never> {
    const name = async () => (await this.keys.findOneBy({ id: keyId }))?.name ?? '';
    await this.refusedKeys.tell({ id: keyId, name, reason }, request);
    throw new AppError(
      'api_key_invalid',
      `This API key is not accepted: ${reason}. Use another key, or make a new one in Lumen under API keys.`,
    );
  }

  private forget({ kind, subject }: HeardChange): void {
    if (kind === 'api_key') this.cache.dropKey(subject);
    if (kind !== 'owner' && kind !== 'clients') return;
    if (subject !== '') this.cache.dropOwner(subject);
    else if (kind === 'owner') this.cache.clear();
  }
}
