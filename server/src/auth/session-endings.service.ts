import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { type AuditContext } from '../infrastructure/audit/audit-context.js';
import { AuditTrailService } from '../infrastructure/audit/audit-trail.service.js';
import { ChangesService } from '../infrastructure/changes/changes.service.js';
import { AppError } from '../infrastructure/errors/app-error.js';
import { type Principal } from '../infrastructure/http/principal.js';
import { Session } from './session.entity.js';
import { SessionsService } from './sessions.service.js';

/** Whose sessions are meant. */
type Person = Pick<Principal, 'ownerId' | 'email'>;

/** Ends sessions because somebody wants it: recorded, and heard on every replica. */
@Injectable()
export class SessionEndingsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly sessions: SessionsService,
    private readonly changes: ChangesService,
    private readonly auditTrail: AuditTrailService,
  ) {}

  /** Ends the session one is in. */
  logOut(principal: Principal, audit: AuditContext): Promise<number> {
    return this.end(principal, [principal.credentialId], { action: 'user.logout', audit });
  }

  /** Ends one session of this person. Someone else's is as unknown as one that does not exist. */
  async endOne(principal: Principal, id: string, audit: AuditContext): Promise<void> {
    const ended = await this.end(principal, [id], { action: 'session.end', audit });
    if (ended === 0) throw new AppError('not_found', 'You have no session with this id.');
  }

  /** Ends all sessions of this person but the one that asks; answers how many. */
  async endOthers(principal: Principal, audit: AuditContext): Promise<number> {
    const own = await this.sessions.listOf(principal.ownerId);
    const others = own.map(({ id }) => id).filter((id) => id !== principal.credentialId);
    return this.end(principal, others, { action: 'session.end', audit });
  }

  /** Ends one session of somebody else, for administrators. @throws AppError not_found */
  async endOneOf(person: Person, id: string, audit: AuditContext): Promise<void> {
    const ended = await this.end(person, [id], { action: 'session.end', audit });
    if (ended === 0) throw new AppError('not_found', 'This session has ended already.');
  }

  /** Ends all sessions of somebody else, for administrators; answers how many. */
  async endAllOf(person: Person, audit: AuditContext): Promise<number> {
    const sessions = await this.sessions.listOf(person.ownerId);
    const ids = sessions.map(({ id }) => id);
    return this.end(person, ids, { action: 'session.end', audit });
  }

  private async end(
    principal: Person,
    ids: string[],
    { action, audit }: { action: string; audit: AuditContext },
  ): Promise<number> {
    const ended = await this.dataSource.transaction(async (manager) => {
      const rows = await manager.findBy(Session, { id: In(ids), userId: principal.ownerId });
      await manager.delete(Session, { id: In(rows.map(({ id }) => id)) });
      for (const { id, userAgent, ip } of rows) {
        const object = { kind: 'session', id, name: principal.email };
        await this.auditTrail.record(audit, { action, object, before: { userAgent, ip } }, manager);
        await this.changes.publish('session', id, manager);
      }
      return rows;
    });
    for (const { id } of ended) this.changes.tellHere('session', id);
    return ended.length;
  }
}
