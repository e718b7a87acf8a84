import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { DepartedOwnersService } from '../budgets/index.js';
import { ClientsService } from '../clients/index.js';
import { ManualMembershipsService } from '../groups/index.js';
import { type AuditContext } from '../infrastructure/audit/audit-context.js';
import { AuditTrailService } from '../infrastructure/audit/audit-trail.service.js';
import { GONE } from '../infrastructure/audit/without-person.js';
import { AppError } from '../infrastructure/errors/app-error.js';
import { type Principal } from '../infrastructure/http/principal.js';
import { type User, UserAdministrationService } from '../users/index.js';

/**
 * Deletes a person's account and data because they want it. What the books and the audit log need
 * stays, under an id that names nobody.
 */
@Injectable()
export class AccountDeletionService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly users: UserAdministrationService,
    private readonly clients: ClientsService,
    private readonly memberships: ManualMembershipsService,
    private readonly departed: DepartedOwnersService,
    private readonly audit: AuditTrailService,
  ) {}

  /**
   * @throws AppError invalid_request where the address that was typed is not theirs; conflict for the
   * last superadmin and for somebody who owns clients
   */
  async delete(principal: Principal, typedEmail: string, audit: AuditContext): Promise<void> {
    const { ownerId: id, email } = principal;
    requireSame(typedEmail, email);
    await this.dataSource.transaction(async (manager) => {
      const user = await this.users.remove(id, manager);
      // Nobody becomes an owner any more who is being removed.
      const owned = await this.clients.namesOwnedBy(id, manager);
      if (owned.length > 0) throw ownsClients(owned);
      await this.memberships.leaveAll(id, manager);
      await this.clients.leaveAll(id, manager);
      await this.departed.remember(id, user.email, manager);
      await this.close(user, audit, manager);
    });
    this.users.tellRemoved(id);
  }

  /** The last line about them has no name, either. */
  private async close(user: User, context: AuditContext, manager: EntityManager): Promise<void> {
    await this.audit.forget(user, manager);
    const nobody = { ...context, actorName: GONE, ip: null };
    const object = { kind: 'user', id: user.id, name: GONE };
    await this.audit.record(nobody, { action: 'user.delete_account', object }, manager);
  }
}

function requireSame(typed: string, email: string): void {
  if (typed.trim().toLowerCase() === email.toLowerCase()) return;
  throw new AppError('invalid_request', `This is not your address. Type ${email}.`, {
    details: { fields: { email: [`Type ${email}.`] } },
  });
}

function ownsClients(names: readonly string[]): AppError {
  return new AppError(
    'conflict',
    `You answer for ${names.join(', ')}. Hand ${names.length === 1 ? 'this client' : 'these clients'} over to somebody else first.`,
    { details: { clients: names } },
  );
}
