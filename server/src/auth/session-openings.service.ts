import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type AuditContext } from '../infrastructure/audit/audit-context.js';
import { AuditTrailService } from '../infrastructure/audit/audit-trail.service.js';
import { ChangesService } from '../infrastructure/changes/changes.service.js';
import { isUniqueViolation } from '../infrastructure/database/database-errors.js';
import { LoginRefusal } from './oidc/login-refusal.js';
import { Session } from './session.entity.js';
import { type SessionOrigin, SessionsService } from './sessions.service.js';

/** The browser that logs in. */
export interface Browser extends SessionOrigin {
  /** Of the session it had until now. */
  previousToken: string | undefined;
}

/** Who logs in, and what the audit log keeps of it. */
export interface Arrival {
  userId: string;
  email: string;
  before?: Record<string, unknown>;
  after: Record<string, unknown>;
}

export interface Opening {
  browser: Browser;
  audit: AuditContext;
  /** The id the session gets; there can be only one of it. */
  sessionId?: string;
  /** Finds out who it is, in the transaction that begins the session. */
  arrive: (manager: EntityManager) => Promise<Arrival>;
}

/**
 * Begins sessions. A browser always gets a new one, whatever cookie it had, and the one it had ends;
 * that, who it is for and the audit line are one transaction.
 */
@Injectable()
export class SessionOpeningsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly sessions: SessionsService,
    private readonly changes: ChangesService,
    private readonly auditTrail: AuditTrailService,
  ) {}

  /**
   * Answers the token of the new session.
   * @throws LoginRefusal login_replayed when there was a session of `sessionId` already
   */
  async open(opening: Opening): Promise<string> {
    try {
      return await this.tryToOpen(opening);
    } catch (error) {
      // Somebody's first login, twice at the same time: the second time they are known.
      if (!isUniqueViolation(error)) throw error;
      return this.tryToOpen(opening);
    }
  }

  private async tryToOpen(opening: Opening): Promise<string> {
    const { browser, sessionId } = opening;
    const { previousToken } = browser;
    const { token, userId, endedId } = await this.dataSource.transaction(async (manager) => {
      await requireUnused(sessionId, manager);
      const arrival = await opening.arrive(manager);
      const options = { manager, id: sessionId };
      const token = await this.sessions.start(arrival.userId, browser, options);
      const endedId = previousToken ? await this.sessions.end(previousToken, manager) : null;
      await this.record(opening, arrival, manager);
      return { token, userId: arrival.userId, endedId };
    });
    this.changes.tellHere('owner', userId);
    if (endedId !== null) this.changes.tellHere('session', endedId);
    return token;
  }

  private async record(
    { audit }: Opening,
    { userId, email, before, after }: Arrival,
    manager: EntityManager,
  ): Promise<void> {
    const context = { ...audit, actorKind: 'user', actorId: userId, actorName: email } as const;
    const object = { kind: 'user', id: userId, name: email };
    const event = { action: 'user.login', object, after, ...(before ? { before } : {}) };
    await this.auditTrail.record(context, event, manager);
    await this.changes.publish('owner', userId, manager);
  }
}

async function requireUnused(id: string | undefined, manager: EntityManager): Promise<void> {
  if (id === undefined || !(await manager.existsBy(Session, { id }))) return;
  throw new LoginRefusal('login_replayed', 'This login was completed before.');
}
