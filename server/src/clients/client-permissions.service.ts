import { Injectable } from '@nestjs/common';
import { ConfigurationService } from '../config/configuration.service.js';
import { type AuditContext } from '../infrastructure/audit/audit-context.js';
import { AuditTrailService } from '../infrastructure/audit/audit-trail.service.js';
import { AppError } from '../infrastructure/errors/app-error.js';
import { type Principal } from '../infrastructure/http/principal.js';
import { rolesOf } from '../users/index.js';
import { type Client } from './client.entity.js';
import { ClientsService } from './clients.service.js';

/** What a person is to a client; each may do what those after it may. */
export type ClientRole = 'admin' | 'owner' | 'manager';

/** One thing that somebody wants to do to a client. */
export interface ClientErrand {
  clientId: string;
  /** As the audit log names it: `client.update`. */
  action: string;
  /** The least that may do it. */
  needs: ClientRole;
}

export interface AdmittedClient {
  client: Readonly<Client>;
  role: ClientRole;
}

const RANK: Record<ClientRole, number> = { manager: 1, owner: 2, admin: 3 };

/** Decides what a person may do with a client. */
@Injectable()
export class ClientPermissionsService {
  constructor(
    private readonly clients: ClientsService,
    private readonly configuration: ConfigurationService,
    private readonly audit: AuditTrailService,
  ) {}

  /**
   * The client and what the caller is to it. To everybody else it does not exist: they get the
   * answer of an unknown id, and the audit log a line.
   * @throws AppError not_found, or permission_denied for a manager who would have to be its owner
   */
  async admit(
    errand: ClientErrand,
    principal: Principal,
    audit: AuditContext,
  ): Promise<AdmittedClient> {
    const client = await this.clients.find(errand.clientId);
    if (!client) throw unknownClient();
    const role = await this.roleOf(principal, client);
    if (role && RANK[role] >= RANK[errand.needs]) return { client, role };
    await this.audit.record(audit, {
      action: errand.action,
      outcome: 'refused',
      object: { kind: 'client', id: client.id, name: client.name },
      reason: role ? `a ${role}, but this needs the ${errand.needs}` : 'neither manager nor admin',
    });
    throw role ? notOwner(client) : unknownClient();
  }

  private async roleOf(
    principal: Principal,
    client: Pick<Client, 'id' | 'ownerId'>,
  ): Promise<ClientRole | null> {
    if (principal.userId === null) return null;
    const { email, grantedRoles, userId } = principal;
    if (rolesOf(email, grantedRoles, this.configuration.current).has('admin')) return 'admin';
    if (client.ownerId === userId) return 'owner';
    return (await this.clients.isManager(client.id, userId)) ? 'manager' : null;
  }
}

function unknownClient(): AppError {
  return new AppError('not_found', 'You manage no client with this id.');
}

function notOwner(client: Pick<Client, 'name'>): AppError {
  return new AppError(
    'permission_denied',
    `Only the owner of "${client.name}" or an administrator may do this. Ask the owner.`,
  );
}
