import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LRUCache } from 'lru-cache';
import { type EntityManager, In, Repository } from 'typeorm';
import { validate as isUuid } from 'uuid';
import { type ClientConfiguration } from '../config/index.js';
import { ConfigurationService } from '../config/configuration.service.js';
import { ChangesService } from '../infrastructure/changes/changes.service.js';
import { ClientManager } from './client-manager.entity.js';
import { DEFAULT_ENTRY } from './client-name.js';
import { Client } from './client.entity.js';
import { ConfiguredClientsService } from './configured-clients.service.js';
import { isEmptyEntry } from './empty-entry.js';

const CACHED_CLIENTS = 10_000;
const CACHED_FOR_MS = 60_000;

/** What is known about clients: their rows, and what `clients:` in the configuration says of them. */
@Injectable()
export class ClientsService {
  private readonly cache = new LRUCache<string, Readonly<Client>>({
    max: CACHED_CLIENTS,
    ttl: CACHED_FOR_MS,
  });
  /** Moves with every change that is heard, so that a row read before it is not kept after it. */
  private generation = 0;

  constructor(
    @InjectRepository(Client) private readonly clients: Repository<Client>,
    @InjectRepository(ClientManager) private readonly managers: Repository<ClientManager>,
    private readonly configuration: ConfigurationService,
    private readonly configured: ConfiguredClientsService,
    changes: ChangesService,
  ) {
    changes.heard$.subscribe(({ kind, subject }) => {
      if (kind === 'clients') this.forget(subject);
    });
  }

  /** The client with this id, from memory when it was seen lately; at most 2 s behind a change. */
  async find(id: string): Promise<Readonly<Client> | null> {
    if (!isUuid(id)) return null;
    const cached = this.cache.get(id);
    if (cached) return cached;
    const { generation } = this;
    const client = await this.clients.findOneBy({ id });
    if (client && generation === this.generation) this.cache.set(id, Object.freeze(client));
    return client;
  }

  /** Those of these ids that exist, in no order; for the few hundred of a page. */
  async findMany(ids: readonly string[]): Promise<Client[]> {
    return ids.length === 0 ? [] : this.clients.findBy({ id: In(ids) });
  }

  /** The client with exactly this name. */
  findByName(name: string): Promise<Client | null> {
    return this.clients.findOneBy({ name });
  }

  /**
   * What the configuration in force says of a client: its entry in `clients:`, which replaces
   * `clients.default`; an entry that says nothing, or none, leaves it on `clients.default`.
   */
  configurationOf(client: Pick<Client, 'name'>): ClientConfiguration | undefined {
    const { clients } = this.configuration.current;
    const own = client.name === DEFAULT_ENTRY ? undefined : clients[client.name];
    return own && !isEmptyEntry(own) ? own : clients[DEFAULT_ENTRY];
  }

  /** Whether `clients:` has an entry for it that says something. */
  hasOwnConfiguration({ name }: Pick<Client, 'name'>): boolean {
    return this.configurationOf({ name }) !== this.configurationOf({ name: DEFAULT_ENTRY });
  }

  /** Whether its keys are accepted: active in the console and not disabled by the configuration. */
  isEnabled(client: Pick<Client, 'name' | 'isActive'>): boolean {
    return client.isActive && !this.configurationOf(client)?.disabled;
  }

  /** The model that answers a client's requests which name none: its own choice, else the file's. */
  defaultModelOf(client: Pick<Client, 'name' | 'defaultModel'>): string | null {
    return client.defaultModel ?? this.configurationOf(client)?.defaultModel ?? null;
  }

  /** Whether this person may see the client and handle its keys; the owner always may. */
  isManager(clientId: string, userId: string): Promise<boolean> {
    return this.managers.existsBy({ clientId, userId });
  }

  /** Whether there is a client that this person may see. */
  managesAny(userId: string): Promise<boolean> {
    return this.managers.existsBy({ userId });
  }

  /** The names of the clients that a person answers for, in order. */
  async namesOwnedBy(userId: string, manager: EntityManager): Promise<string[]> {
    const select = { id: true, name: true } as const;
    const owned = await manager.find(Client, { select, where: { ownerId: userId } });
    return owned.map(({ name }) => name).sort((one, other) => one.localeCompare(other));
  }

  /** Takes somebody who is leaving off the clients they may handle. */
  async leaveAll(userId: string, manager: EntityManager): Promise<void> {
    await manager.delete(ClientManager, { userId });
  }

  /**
   * Gives every client that `clients:` names a row; it runs by itself at the start and when the file
   * changes. Answers the names of those it made.
   */
  syncConfigured(): Promise<string[]> {
    return this.configured.sync();
  }

  private forget(id: string): void {
    this.generation += 1;
    if (id === '') this.cache.clear();
    else this.cache.delete(id);
  }
}
