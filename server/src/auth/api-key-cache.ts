import { LRUCache } from 'lru-cache';
import { type Principal } from '../infrastructure/http/principal.js';

/** What is known of a key that exists, by its fingerprint (`fingerprintOf`). */
export interface KnownKey {
  readonly keyId: string;
  readonly ownerId: string;
  /** Null when the key is refused; then `refusal` says why. */
  readonly principal: Principal | null;
  readonly refusal: string | null;
  /** When it stops being accepted; null: never. */
  readonly expiresAtMs: number | null;
}

/**
 * Keys seen lately, by their hash, that can be dropped by the key's id or its owner's. Bounded: the
 * indexes hold what the cache holds and nothing else.
 */
export class ApiKeyCache {
  private readonly known: LRUCache<string, KnownKey>;
  private readonly hashByKey = new Map<string, string>();
  private readonly hashesByOwner = new Map<string, Set<string>>();
  private drops = 0;

  constructor(bounds: { max: number; ttlMs: number }) {
    this.known = new LRUCache({
      max: bounds.max,
      ttl: bounds.ttlMs,
      dispose: (key, hash) => this.unindex(key, hash),
    });
  }

  /** Moves whenever something is dropped: what was read before then may be out of date. */
  get generation(): number {
    return this.drops;
  }

  get size(): number {
    return this.known.size;
  }

  get(hash: string): KnownKey | undefined {
    return this.known.get(hash);
  }

  /** Keeps what was read while the cache was at `generation`, unless something was dropped since. */
  set(hash: string, key: KnownKey, generation: number): void {
    if (generation !== this.drops) return;
    this.known.delete(hash);
    this.known.set(hash, key);
    this.hashByKey.set(key.keyId, hash);
    const hashes = this.hashesByOwner.get(key.ownerId);
    if (hashes) hashes.add(hash);
    else this.hashesByOwner.set(key.ownerId, new Set([hash]));
  }

  dropKey(keyId: string): void {
    this.drops += 1;
    const hash = this.hashByKey.get(keyId);
    if (hash !== undefined) this.known.delete(hash);
  }

  dropOwner(ownerId: string): void {
    this.drops += 1;
    for (const hash of [...(this.hashesByOwner.get(ownerId) ?? [])]) this.known.delete(hash);
  }

  clear(): void {
    this.drops += 1;
    this.known.clear();
  }

  private unindex({ keyId, ownerId }: KnownKey, hash: string): void {
    this.hashByKey.delete(keyId);
    const hashes = this.hashesByOwner.get(ownerId);
    hashes?.delete(hash);
    if (hashes?.size === 0) this.hashesByOwner.delete(ownerId);
  }
}
