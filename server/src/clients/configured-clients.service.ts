import { setImmediate } from 'node:timers/promises';
import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type Subscription } from 'rxjs';
import { DataSource, type EntityManager, In } from 'typeorm';
import { ConfigurationService } from '../config/configuration.service.js';
import { touches } from '../config/index.js';
import { SYSTEM_CONTEXT } from '../infrastructure/audit/audit-context.js';
import { AuditTrailService } from '../infrastructure/audit/audit-trail.service.js';
import { ChangesService } from '../infrastructure/changes/changes.service.js';
import { ClockService } from '../infrastructure/clock/clock.service.js';
import { newId } from '../infrastructure/crypto/identifiers.js';
import { pendingMigrations } from '../infrastructure/database/migrator.js';
import { ClientArrivalsService } from './client-arrivals.service.js';
import { DEFAULT_ENTRY, isClientName } from './client-name.js';
import { Client } from './client.entity.js';

/** Small enough that requests between two batches wait for milliseconds only. */
const BATCH = 10;
const DATABASE_LOOK_MS = 200;
const TRY_AGAIN_MS = 10_000;

/**
 * Gives every client that `clients:` names a row, so that it can have keys. It never takes one away:
 * a client whose entry is gone keeps its keys and is left on `clients.default`.
 */
@Injectable()
export class ConfiguredClientsService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(ConfiguredClientsService.name);
  private readonly subscription: Subscription;
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;
  private writing: Promise<unknown> = Promise.resolve();

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly configuration: ConfigurationService,
    private readonly audit: AuditTrailService,
    private readonly changes: ChangesService,
    private readonly clock: ClockService,
    private readonly arrivals: ClientArrivalsService,
  ) {
    this.subscription = configuration.changes$.subscribe(({ changedPaths }) => {
      if (touches(changedPaths, 'clients')) void this.syncSoon();
    });
  }

  onApplicationBootstrap(): void {
    void this.syncSoon();
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopped = true;
    this.subscription.unsubscribe();
    clearTimeout(this.timer);
    await this.writing.catch(() => undefined);
  }

  /** Makes the rows that are missing, one call after the other; answers the names of those it made. */
  sync(): Promise<string[]> {
    const syncing = this.writing.catch(() => undefined).then(() => this.makeMissing());
    this.writing = syncing;
    return syncing;
  }

  /** At a first start the database is there before its tables are, so this waits for them. */
  private async syncSoon(): Promise<void> {
    if (this.isStopped || this.names().length === 0) return;
    try {
      if ((await pendingMigrations(this.dataSource)).length > 0) this.tryIn(DATABASE_LOOK_MS);
      else await this.sync();
    } catch (error) {
      this.logger.warn(`Not every client of config.yaml has a row yet: ${String(error)}`);
      this.tryIn(TRY_AGAIN_MS);
    }
  }

  private tryIn(ms: number): void {
    if (this.isStopped) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.syncSoon(), ms).unref();
  }

  private async makeMissing(): Promise<string[]> {
    const made: string[] = [];
    const names = this.names();
    for (let start = 0; start < names.length && !this.isStopped; start += BATCH) {
      made.push(...(await this.makeBatch(names.slice(start, start + BATCH))));
      await setImmediate();
    }
    if (made.length > 0) this.changes.tellHere('clients');
    return made;
  }

  private async makeBatch(names: readonly string[]): Promise<string[]> {
    const clients = this.dataSource.getRepository(Client);
    const rows = await clients.find({ where: { name: In(names) }, select: { name: true } });
    const known = new Set(rows.map(({ name }) => name));
    const missing = names.filter((name) => !known.has(name));
    if (missing.length === 0) return [];
    const made = await this.dataSource.transaction((manager) => this.insert(manager, missing));
    for (const { id } of made) this.arrivals.announce(id);
    return made.map(({ name }) => name);
  }

  /** Another replica may be making the same rows: whose row is there wins, and writes the audit line. */
  private async insert(manager: EntityManager, names: readonly string[]): Promise<Client[]> {
    const clients = manager.getRepository(Client);
    const wanted = names.map((name) => this.blank(name));
    await clients.createQueryBuilder().insert().values(wanted).orIgnore().execute();
    const ours = await clients.findBy({ id: In(wanted.map(({ id }) => id)) });
    for (const { id, name } of ours) {
      const object = { kind: 'client', id, name };
      const reason = 'clients: in config.yaml names it';
      await this.audit.record(SYSTEM_CONTEXT, { action: 'client.create', object, reason }, manager);
    }
    if (ours.length > 0) await this.changes.publish('clients', '', manager);
    return ours;
  }

  private blank(name: string): Client {
    const now = this.clock.now();
    return {
      id: newId(),
      name,
      description: this.configuration.current.clients[name]?.description ?? '',
      isActive: true,
      ownerId: null,
      defaultModel: null,
      createdAt: now,
      updatedAt: now,
    };
  }

  private names(): string[] {
    const named = Object.keys(this.configuration.current.clients);
    const usable = named.filter((name) => isClientName(name));
    const others = named.length - usable.length - (named.includes(DEFAULT_ENTRY) ? 1 : 0);
    if (others > 0) {
      this.logger.warn(
        `clients: has ${others} entries whose names no client can have: a name has 1 to 128 characters without spaces around it.`,
      );
    }
    return usable;
  }
}
