import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, In, LessThanOrEqual, Repository } from 'typeorm';
import { ConfigurationService } from '../config/configuration.service.js';
import { secretKeysOf } from '../config/index.js';
import { ChangesService } from '../infrastructure/changes/changes.service.js';
import { ClockService } from '../infrastructure/clock/clock.service.js';
import { newId } from '../infrastructure/crypto/identifiers.js';
import { keyedHash, newToken, sameSecret } from '../infrastructure/crypto/tokens.js';
import { personPrincipal, type Principal } from '../infrastructure/http/principal.js';
import { UsersService } from '../users/index.js';
import { type CachedSession, SessionCache } from './session-cache.js';
import { Session } from './session.entity.js';

const HOUR_MS = 3_600_000;
const LAST_SEEN_EVERY_MS = 5 * 60_000;

export interface SessionOrigin {
  ip: string;
  userAgent: string | undefined;
}

export interface StartOptions {
  /** Of the transaction that the session begins in. */
  manager?: EntityManager;
  /** A given id makes sure that there is only one session of it. */
  id?: string;
}

/** Browser sessions, kept in the database so that every replica knows them and they can be ended. */
@Injectable()
export class SessionsService {
  private readonly logger = new Logger(SessionsService.name);
  private readonly cache = new SessionCache();

  constructor(
    @InjectRepository(Session) private readonly sessions: Repository<Session>,
    private readonly users: UsersService,
    private readonly clock: ClockService,
    private readonly configuration: ConfigurationService,
    private readonly changes: ChangesService,
  ) {
    changes.heard$.subscribe(({ kind, subject }) => {
      if (kind === 'session' || kind === 'owner') this.cache.forget(subject);
      if (kind === 'owner') void this.removeOfDeactivated(subject);
    });
  }

  /** Starts a session and answers the token for its cookie; the token itself is stored nowhere. */
  async start(
    userId: string,
    origin: SessionOrigin,
    { manager = this.sessions.manager, id = newId() }: StartOptions = {},
  ): Promise<string> {
    const token = newToken();
    const now = this.clock.now();
    await manager.insert(Session, {
      id,
      userId,
      tokenHash: this.hash(token),
      ip: origin.ip.slice(0, 64),
      userAgent: origin.userAgent?.toWellFormed().slice(0, 512) ?? null,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: new Date(now.getTime() + this.lifetimeMs),
    });
    return token;
  }

  /** The person a token belongs to; null if it is unknown, ended or expired, or the person is gone. */
  async find(token: string): Promise<Principal | null> {
    const tokenHash = this.hash(token);
    const known = this.cache.get(tokenHash) ?? (await this.load(token, tokenHash));
    if (!known || this.hasEnded(known.lastSeenMs, known.expiresAtMs)) return null;
    await this.noteSeen(known);
    return known.principal;
  }

  /**
   * Ends the session of a token and answers its id, or null if it had ended before. With the
   * `manager` of a transaction, whoever commits it tells this process of the session (`tellHere`).
   */
  async end(token: string, manager = this.sessions.manager): Promise<string | null> {
    const session = await manager.findOneBy(Session, { tokenHash: In(this.hashes(token)) });
    if (!session) return null;
    await manager.delete(Session, { id: session.id });
    await this.changes.publish('session', session.id, manager);
    this.cache.forget(session.id);
    return session.id;
  }

  /** Ends all sessions of a person, here at once and on other replicas within two seconds; answers how many. */
  async endAllOf(userId: string): Promise<number> {
    const { affected } = await this.sessions.delete({ userId });
    await this.changes.publish('session', userId);
    return affected ?? 0;
  }

  /** A person's sessions that can still be used, the one used last first. */
  async listOf(userId: string): Promise<Session[]> {
    const sessions = await this.sessions.find({ where: { userId }, order: { lastSeenAt: 'DESC' } });
    return sessions.filter(
      ({ lastSeenAt, expiresAt }) => !this.hasEnded(lastSeenAt.getTime(), expiresAt.getTime()),
    );
  }

  /** When each of a few hundred people was last seen in a browser that is still signed in. */
  async lastSeenOf(userIds: readonly string[]): Promise<Map<string, Date>> {
    if (userIds.length === 0) return new Map();
    const rows = await this.sessions.find({
      where: { userId: In(userIds) },
      select: { userId: true, lastSeenAt: true },
    });
    const latest = new Map<string, Date>();
    for (const { userId, lastSeenAt } of rows) {
      const known = latest.get(userId);
      if (!known || known < lastSeenAt) latest.set(userId, lastSeenAt);
    }
    return latest;
  }

  /** The latest use of any session of everybody who has one, by user. */
  async lastSeen(): Promise<Map<string, number>> {
    const rows = await this.sessions
      .createQueryBuilder('session')
      .select('session.userId', 'id')
      .addSelect('MAX(session.lastSeenAt)', 'at')
      .groupBy('session.userId')
      .getRawMany<{ id: string; at: string | number }>();
    return new Map(rows.map(({ id, at }) => [id, Number(at)]));
  }

  /** Deletes what has expired; answers how many. */
  async removeExpired(): Promise<number> {
    const result = await this.sessions.delete({ expiresAt: LessThanOrEqual(this.clock.now()) });
    return result.affected ?? 0;
  }

  /** Proof that a request comes from our own pages: bound to the session, useless in another. */
  csrfToken(sessionId: string): string {
    return csrfTokenOf(sessionId, this.secretKeys[0]);
  }

  isCsrfToken(sessionId: string, given: unknown): boolean {
    if (typeof given !== 'string') return false;
    return this.secretKeys.some((key) => sameSecret(csrfTokenOf(sessionId, key), given));
  }

  /** A session ends this long after it began, whatever happens in it. */
  get lifetimeMs(): number {
    return this.configuration.current.sessions.lifetimeHours * HOUR_MS;
  }

  private hasEnded(lastSeenMs: number, expiresAtMs: number): boolean {
    const nowMs = this.clock.nowMs();
    const idleMs = this.configuration.current.sessions.idleHours * HOUR_MS;
    return expiresAtMs <= nowMs || lastSeenMs + idleMs <= nowMs;
  }

  /** It is kept under the current hash, whichever the session began with. */
  private async load(token: string, tokenHash: string): Promise<CachedSession | undefined> {
    const { generation } = this.cache;
    const session = await this.sessions.findOneBy({ tokenHash: In(this.hashes(token)) });
    if (!session) return undefined;
    const user = await this.users.find(session.userId);
    if (!user?.isActive) return undefined;
    const cached: CachedSession = {
      principal: personPrincipal(user, { kind: 'session', id: session.id }),
      expiresAtMs: session.expiresAt.getTime(),
      lastSeenMs: session.lastSeenAt.getTime(),
    };
    this.cache.set(tokenHash, cached, generation);
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

  /** A person who is deactivated loses the sessions for good: activated again, they do not come back. */
  private async removeOfDeactivated(userId: string): Promise<void> {
    try {
      const user = await this.users.find(userId);
      if (user && !user.isActive) await this.sessions.delete({ userId });
    } catch (error) {
      this.logger.warn(`Sessions of a deactivated person were not removed: ${String(error)}`);
    }
  }

  private hash(token: string): string {
    return tokenHashOf(token, this.secretKeys[0]);
  }

  /** All that a token may be kept under. */
  private hashes(token: string): string[] {
    return this.secretKeys.map((key) => tokenHashOf(token, key));
  }

  private get secretKeys(): readonly [string, ...string[]] {
    return secretKeysOf(this.configuration.current);
  }
}

const tokenHashOf = (token: string, key: string) => keyedHash(key, `session:${token}`);
const csrfTokenOf = (sessionId: string, key: string) => keyedHash(key, `csrf:${sessionId}`);
