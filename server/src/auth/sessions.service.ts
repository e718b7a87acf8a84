import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LRUCache } from 'lru-cache';
import { LessThanOrEqual, Repository } from 'typeorm';
import { ConfigurationService } from '../config/configuration.service.js';
import { ClockService } from '../infrastructure/clock/clock.service.js';
import { newId } from '../infrastructure/crypto/identifiers.js';
import { keyedHash, newToken, sameSecret } from '../infrastructure/crypto/tokens.js';
import { personPrincipal, type Principal } from '../infrastructure/http/principal.js';
import { UsersService } from '../users/index.js';
import { Session } from './session.entity.js';

const HOUR_MS = 3_600_000;
const LAST_SEEN_EVERY_MS = 5 * 60_000;
const CACHED_SESSIONS = 20_000;
const CACHED_FOR_MS = 60_000;

interface CachedSession {
  principal: Principal;
  expiresAtMs: number;
  lastSeenMs: number;
}

export interface SessionOrigin {
  ip: string;
  userAgent: string | undefined;
}

/** Browser sessions, kept in the database so that every replica knows them and they can be ended. */
@Injectable()
export class SessionsService {
  private readonly cache = new LRUCache<string, CachedSession>({
    max: CACHED_SESSIONS,
    ttl: CACHED_FOR_MS,
  });

  constructor(
    @InjectRepository(Session) private readonly sessions: Repository<Session>,
    private readonly users: UsersService,
    private readonly clock: ClockService,
    private readonly configuration: ConfigurationService,
  ) {}

  /** Starts a session and answers the token for its cookie; the token itself is stored nowhere. */
  async start(userId: string, origin: SessionOrigin): Promise<string> {
    const token = newToken();
    const now = this.clock.now();
    await this.sessions.insert({
      id: newId(),
      userId,
      tokenHash: this.hash(token),
      ip: origin.ip.slice(0, 64),
      userAgent: origin.userAgent?.slice(0, 512) ?? null,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: new Date(now.getTime() + this.lifetimeMs),
    });
    await this.users.recordLogin(userId);
    return token;
  }

  /** The person a token belongs to; null if it is unknown, ended or expired, or the person is gone. */
  async find(token: string): Promise<Principal | null> {
    const tokenHash = this.hash(token);
    const known = this.cache.get(tokenHash) ?? (await this.load(tokenHash));
    if (!known || this.hasEnded(known)) return null;
    await this.noteSeen(known);
    return known.principal;
  }

  /** Ends the session; ending one that has ended is no error. */
  async end(token: string): Promise<void> {
    const tokenHash = this.hash(token);
    this.cache.delete(tokenHash);
    await this.sessions.delete({ tokenHash });
  }

  /** Deletes what has expired; answers how many. */
  async removeExpired(): Promise<number> {
    const result = await this.sessions.delete({ expiresAt: LessThanOrEqual(this.clock.now()) });
    return result.affected ?? 0;
  }

  /** Proof that a request comes from our own pages: bound to the session, useless in another. */
  csrfToken(sessionId: string): string {
    return keyedHash(this.configuration.current.app.secretKey.reveal(), `csrf:${sessionId}`);
  }

  isCsrfToken(sessionId: string, given: unknown): boolean {
    return typeof given === 'string' && sameSecret(this.csrfToken(sessionId), given);
  }

  /** A session ends this long after it began, whatever happens in it. */
  get lifetimeMs(): number {
    return this.configuration.current.sessions.lifetimeHours * HOUR_MS;
  }

  private hasEnded(session: CachedSession): boolean {
    const nowMs = this.clock.nowMs();
    const idleMs = this.configuration.current.sessions.idleHours * HOUR_MS;
    return session.expiresAtMs <= nowMs || session.lastSeenMs + idleMs <= nowMs;
  }

  private async load(tokenHash: string): Promise<CachedSession | undefined> {
    const session = await this.sessions.findOneBy({ tokenHash });
    if (!session) return undefined;
    const user = await this.users.find(session.userId);
    if (!user?.isActive) return undefined;
    const cached: CachedSession = {
      principal: personPrincipal(user, { kind: 'session', id: session.id }),
      expiresAtMs: session.expiresAt.getTime(),
      lastSeenMs: session.lastSeenAt.getTime(),
    };
    this.cache.set(tokenHash, cached);
    return cached;
  }

  private async noteSeen(session: CachedSession): Promise<void> {
    const nowMs = this.clock.nowMs();
    if (nowMs - session.lastSeenMs < LAST_SEEN_EVERY_MS) return;
    session.lastSeenMs = nowMs;
    await this.sessions.update(
      { id: session.principal.credentialId },
      { lastSeenAt: new Date(nowMs) },
    );
  }

  private hash(token: string): string {
    return keyedHash(this.configuration.current.app.secretKey.reveal(), `session:${token}`);
  }
}
