import { LRUCache } from 'lru-cache';
import { type Principal } from '../infrastructure/http/principal.js';

const CACHED_SESSIONS = 20_000;
const CACHED_FOR_MS = 60_000;

export interface CachedSession {
  principal: Principal;
  expiresAtMs: number;
  lastSeenMs: number;
}

/** Sessions seen lately, by the hash of their token, and forgotten by session or by person. */
export class SessionCache {
  private readonly sessions = new LRUCache<string, CachedSession>({
    max: CACHED_SESSIONS,
    ttl: CACHED_FOR_MS,
    dispose: (session, tokenHash) => this.unlink(session, tokenHash),
  });
  private readonly hashes = new Map<string, Set<string>>();
  private forgotten = 0;

  get(tokenHash: string): CachedSession | undefined {
    return this.sessions.get(tokenHash);
  }

  /** Counts up with everything that is forgotten; see `set`. */
  get generation(): number {
    return this.forgotten;
  }

  /**
   * Keeps a session that was read since `generation`. If anything was forgotten in between, what was
   * read may be what had to be forgotten, and is not kept.
   */
  set(tokenHash: string, session: CachedSession, generation: number): void {
    if (generation !== this.forgotten) return;
    this.sessions.set(tokenHash, session);
    for (const subject of subjectsOf(session)) {
      const hashes = this.hashes.get(subject);
      if (hashes) hashes.add(tokenHash);
      else this.hashes.set(subject, new Set([tokenHash]));
    }
  }

  /** Forgets the session, or all sessions of the person, with this id. */
  forget(subject: string): void {
    this.forgotten += 1;
    for (const tokenHash of [...(this.hashes.get(subject) ?? [])]) this.sessions.delete(tokenHash);
  }

  private unlink(session: CachedSession, tokenHash: string): void {
    for (const subject of subjectsOf(session)) {
      const hashes = this.hashes.get(subject);
      hashes?.delete(tokenHash);
      if (hashes?.size === 0) this.hashes.delete(subject);
    }
  }
}

function subjectsOf({ principal }: CachedSession): readonly string[] {
  return [principal.credentialId, principal.ownerId];
}
