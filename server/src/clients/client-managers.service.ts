import { Injectable } from '@nestjs/common';
import { InjectDataSource, InjectRepository } from '@nestjs/typeorm';
import { DataSource, type EntityManager, Repository } from 'typeorm';
import { type AuditContext } from '../infrastructure/audit/audit-context.js';
import { AuditTrailService } from '../infrastructure/audit/audit-trail.service.js';
import { ChangesService } from '../infrastructure/changes/changes.service.js';
import { ClockService } from '../infrastructure/clock/clock.service.js';
import { newId } from '../infrastructure/crypto/identifiers.js';
import { AppError } from '../infrastructure/errors/app-error.js';
import { UsersService } from '../users/index.js';
import { ClientManager } from './client-manager.entity.js';
import { lockClient } from './client-records.service.js';
import { Client } from './client.entity.js';

/** More people than this do not look after one application; keeps lists short. */
const MOST_MANAGERS = 100;

/** A person as the audit log names them. */
export interface Person {
  id: string;
  email: string;
}

/** Who looks after a client: its managers, one of whom is its owner. */
@Injectable()
export class ClientManagersService {
  constructor(
    @InjectRepository(ClientManager) private readonly managers: Repository<ClientManager>,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly audit: AuditTrailService,
    private readonly changes: ChangesService,
    private readonly clock: ClockService,
    private readonly users: UsersService,
  ) {}

  /** Ids of the managers, those who came first before the others. */
  async idsOf(clientId: string): Promise<string[]> {
    const rows = await this.managers.find({ where: { clientId }, order: { id: 'ASC' } });
    return rows.map(({ userId }) => userId);
  }

  /**
   * Adding a manager again changes nothing.
   * @throws AppError conflict when there are too many; not_found for an account that is gone
   */
  add(audit: AuditContext, clientId: string, person: Person): Promise<void> {
    return this.change(clientId, async (manager, client) => {
      if (!(await this.insert(manager, clientId, person.id))) return;
      const object = { kind: 'client', id: clientId, name: client.name };
      const after = { manager: person.email };
      await this.audit.record(audit, { action: 'client.add_manager', object, after }, manager);
    });
  }

  /** @throws AppError not_found for who is no manager, conflict for the owner */
  remove(audit: AuditContext, clientId: string, person: Person): Promise<void> {
    return this.change(clientId, async (manager, client) => {
      if (client.ownerId === person.id) throw ownerStays(client);
      const { affected } = await manager.delete(ClientManager, { clientId, userId: person.id });
      if (!affected) throw new AppError('not_found', 'This person does not manage the client.');
      const object = { kind: 'client', id: clientId, name: client.name };
      const before = { manager: person.email };
      await this.audit.record(audit, { action: 'client.remove_manager', object, before }, manager);
    });
  }

  /**
   * Makes somebody the owner, and a manager if they are none; the owner before stays a manager.
   * @throws AppError as `add`
   */
  transfer(audit: AuditContext, clientId: string, person: Person): Promise<void> {
    return this.change(clientId, async (manager, client) => {
      await this.insert(manager, clientId, person.id);
      await manager.update(Client, { id: clientId }, { ownerId: person.id });
      const object = { kind: 'client', id: clientId, name: client.name };
      const before = { ownerId: client.ownerId };
      const after = { ownerId: person.id, owner: person.email };
      await this.audit.record(audit, { action: 'client.transfer', object, before, after }, manager);
    });
  }

  private async change(
    clientId: string,
    work: (manager: EntityManager, client: Client) => Promise<void>,
  ): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await work(manager, await lockClient(manager, clientId, this.clock.now()));
      await this.changes.publish('clients', clientId, manager);
    });
    this.changes.tellHere('clients', clientId);
  }

  /** Whether it made a row. Whoever it is for cannot delete their account meanwhile. */
  private async insert(manager: EntityManager, clientId: string, userId: string): Promise<boolean> {
    await this.users.hold(userId, manager);
    if (await manager.existsBy(ClientManager, { clientId, userId })) return false;
    if ((await manager.countBy(ClientManager, { clientId })) >= MOST_MANAGERS) {
      throw new AppError('conflict', `A client has at most ${MOST_MANAGERS} managers.`);
    }
    const createdAt = this.clock.now();
    await manager.insert(ClientManager, { id: newId(), clientId, userId, createdAt });
    return true;
  }
}

function ownerStays(client: Client): AppError {
  return new AppError(
    'conflict',
    `The owner of "${client.name}" cannot be removed. Transfer first: make someone else the owner.`,
  );
}
