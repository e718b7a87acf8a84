import { Injectable } from '@nestjs/common';
import { InjectDataSource, InjectRepository } from '@nestjs/typeorm';
import { DataSource, type EntityManager, Repository } from 'typeorm';
import { type AuditContext } from '../infrastructure/audit/audit-context.js';
import { AuditTrailService } from '../infrastructure/audit/audit-trail.service.js';
import { ChangesService } from '../infrastructure/changes/changes.service.js';
import { ClockService } from '../infrastructure/clock/clock.service.js';
import { newId } from '../infrastructure/crypto/identifiers.js';
import { isUniqueViolation } from '../infrastructure/database/database-errors.js';
import { findPage, type Page, type PageRequest } from '../infrastructure/database/page.js';
import { AppError } from '../infrastructure/errors/app-error.js';
import { ClientArrivalsService } from './client-arrivals.service.js';
import { ClientManager } from './client-manager.entity.js';
import { isClientName } from './client-name.js';
import { refuseStaleClient } from './client-version.js';
import { Client } from './client.entity.js';

export const CLIENT_SORTS = ['name', 'createdAt', 'updatedAt', 'isActive'] as const;

export interface NewClient {
  name: string;
  description?: string;
  /** A person Lumen knows; becomes its first manager. */
  ownerId?: string | null;
}

export type ClientChanges = Partial<Pick<Client, 'description' | 'isActive' | 'defaultModel'>> & {
  /** The version that was read before, if it matters. */
  basedOn?: string;
};

/** The rows of clients: made, listed and changed, each change with its line in the audit log. */
@Injectable()
export class ClientRecordsService {
  constructor(
    @InjectRepository(Client) private readonly clients: Repository<Client>,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly audit: AuditTrailService,
    private readonly changes: ChangesService,
    private readonly clock: ClockService,
    private readonly arrivals: ClientArrivalsService,
  ) {}

  /** All clients, or those that a person manages. */
  list(request: PageRequest, managedBy?: string): Promise<Page<Client>> {
    const query = this.clients.createQueryBuilder('client');
    if (managedBy !== undefined) {
      const managed = query
        .subQuery()
        .select('manager.clientId')
        .from(ClientManager, 'manager')
        .where('manager.userId = :managedBy', { managedBy });
      query.where(`client.id IN ${managed.getQuery()}`).setParameters(managed.getParameters());
    }
    return findPage(query, request, { sortable: CLIENT_SORTS, searched: ['name', 'description'] });
  }

  /** @throws AppError invalid_request for a name no client can have, conflict for one that is taken */
  async create(audit: AuditContext, wanted: NewClient): Promise<Client> {
    const client = this.blank(wanted);
    if (!isClientName(client.name)) throw badName();
    try {
      await this.dataSource.transaction((manager) => this.insert(manager, client, audit));
    } catch (error) {
      if (isUniqueViolation(error)) throw nameTaken(client.name);
      throw error;
    }
    this.changes.tellHere('clients', client.id);
    this.arrivals.announce(client.id);
    return client;
  }

  /**
   * Changes what is given and answers the client as it then is.
   * @throws AppError not_found; conflict where somebody changed it since `basedOn`
   */
  async update(audit: AuditContext, id: string, wanted: ClientChanges): Promise<Client> {
    const changed = await this.dataSource.transaction(async (manager) => {
      const before = await lockClient(manager, id, this.clock.now());
      refuseStaleClient(before, wanted.basedOn);
      const fields = differences(before, wanted);
      if (Object.keys(fields.after).length === 0) return before;
      await manager.update(Client, { id }, fields.after);
      const object = { kind: 'client', id, name: before.name };
      await this.audit.record(audit, { action: 'client.update', object, ...fields }, manager);
      await this.announce(id, manager);
      return { ...before, ...fields.after };
    });
    this.changes.tellHere('clients', id);
    this.changes.tellHere('owner', id);
    return changed;
  }

  private async insert(manager: EntityManager, client: Client, audit: AuditContext): Promise<void> {
    await manager.insert(Client, client);
    const { id, name, description, ownerId: userId, createdAt } = client;
    if (userId !== null) {
      await manager.insert(ClientManager, { id: newId(), clientId: id, userId, createdAt });
    }
    const object = { kind: 'client', id, name };
    const after = { name, description, ownerId: userId };
    await this.audit.record(audit, { action: 'client.create', object, after }, manager);
    await this.changes.publish('clients', id, manager);
  }

  private async announce(id: string, manager: EntityManager): Promise<void> {
    await this.changes.publish('clients', id, manager);
    await this.changes.publish('owner', id, manager);
  }

  private blank({ name, description = '', ownerId = null }: NewClient): Client {
    const now = this.clock.now();
    return {
      id: newId(),
      name: name.trim(),
      description,
      isActive: true,
      ownerId,
      defaultModel: null,
      createdAt: now,
      updatedAt: now,
    };
  }
}

/**
 * The client as it is now, and nobody else's to change until the transaction ends: writing the row
 * first is the one lock that both databases have.
 * @throws AppError not_found
 */
export async function lockClient(manager: EntityManager, id: string, now: Date): Promise<Client> {
  await manager.update(Client, { id }, { updatedAt: now });
  const client = await manager.findOneBy(Client, { id });
  if (!client) throw new AppError('not_found', 'There is no client with this id.');
  return client;
}

function differences(before: Client, wanted: ClientChanges) {
  const names = (['description', 'isActive', 'defaultModel'] as const).filter(
    (name) => wanted[name] !== undefined && wanted[name] !== before[name],
  );
  const pick = (source: ClientChanges): ClientChanges =>
    Object.fromEntries(names.map((name) => [name, source[name]]));
  return { before: pick(before), after: pick(wanted) };
}

function badName(): AppError {
  return new AppError(
    'invalid_request',
    'A client has a name of 1 to 128 printable characters, other than "default", which config.yaml uses for the clients it does not name.',
    { details: { fields: { name: ['not a name a client can have'] } } },
  );
}

function nameTaken(name: string): AppError {
  return new AppError('conflict', `There is a client "${name}" already. Choose another name.`);
}
