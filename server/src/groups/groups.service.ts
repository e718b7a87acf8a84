import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type Observable, Subject } from 'rxjs';
import { Repository } from 'typeorm';
import { ConfigurationService } from '../config/configuration.service.js';
import { touches } from '../config/index.js';
import { ChangesService, type HeardChange } from '../infrastructure/changes/changes.service.js';
import {
  type GroupDefinition,
  type GroupDefinitions,
  mergeDefinitions,
} from './group-definitions.js';
import { Group } from './group.entity.js';
import { ManualMembershipsService } from './manual-memberships.service.js';
import { MembershipFinder } from './membership-finder.js';
import { type Membership, membershipsOfClient, type Person } from './memberships.js';

const SECTIONS = ['groups', 'users', 'app.dev_user', 'app.debug'];
const RETRY_MS = 1_000;

/** Whose groups may have changed: one person or client, or (null) anybody. */
export interface GroupsChange {
  ownerId: string | null;
}

/**
 * The groups and who is in them. Definitions are in memory, memberships are worked out from them
 * when asked for: a changed rule is in force for everybody as soon as it is read.
 */
@Injectable()
export class GroupsService implements OnApplicationBootstrap, OnModuleDestroy {
  /** Emits when definitions or memberships may have changed, once the new ones are in force. */
  readonly changes$: Observable<GroupsChange>;
  private readonly changes = new Subject<GroupsChange>();
  private readonly logger = new Logger(GroupsService.name);
  private consoleGroups: readonly Group[] | null = null;
  private known: GroupDefinitions;
  private knownFinder: MembershipFinder | null = null;
  private loading: Promise<void> = Promise.resolve();
  private retry: NodeJS.Timeout | undefined;
  private failures = 0;

  constructor(
    @InjectRepository(Group) private readonly groups: Repository<Group>,
    private readonly manual: ManualMembershipsService,
    private readonly configuration: ConfigurationService,
    changes: ChangesService,
  ) {
    this.changes$ = this.changes.asObservable();
    this.known = mergeDefinitions(configuration.current.groups, []);
    configuration.changes$.subscribe(({ changedPaths }) => {
      if (SECTIONS.some((section) => touches(changedPaths, section))) this.rebuild();
    });
    changes.heard$.subscribe((change) => this.hear(change));
  }

  /** Every group, active or not, those of the file first. */
  definitions(): readonly GroupDefinition[] {
    return [...this.known.values()];
  }

  /** The group of this name, active or not. */
  find(name: string): GroupDefinition | undefined {
    return this.known.get(name);
  }

  /** The active groups a person is in, each once, with the first reason why. */
  async ofUser(user: Person): Promise<readonly Membership[]> {
    await this.loaded();
    const manual = await this.manual.of(user.id);
    return this.finder().membershipsOf(user, manual);
  }

  /** The active groups a client is in, each once; `groups` are those its configuration names. */
  async ofClient(client: {
    id: string;
    groups: readonly string[];
  }): Promise<readonly Membership[]> {
    await this.loaded();
    const manual = await this.manual.of(client.id);
    return membershipsOfClient(client.groups, manual, this.known);
  }

  /** What `ofUser` says of each of a few hundred people, by id. */
  async ofUsers(users: readonly Person[]): Promise<Map<string, readonly Membership[]>> {
    await this.loaded();
    const manualOf = await this.manual.ofMany(users.map(({ id }) => id));
    const finder = this.finder();
    const membershipsOf = (user: Person) => finder.membershipsOf(user, manualOf.get(user.id) ?? []);
    return new Map(users.map((user) => [user.id, membershipsOf(user)]));
  }

  /** What `ofClient` says of each of a few hundred clients, by id. */
  async ofClients(
    clients: readonly { id: string; groups: readonly string[] }[],
  ): Promise<Map<string, readonly Membership[]>> {
    await this.loaded();
    const manualOf = await this.manual.ofMany(clients.map(({ id }) => id));
    const known = this.known;
    return new Map(
      clients.map(({ id, groups }) => [
        id,
        membershipsOfClient(groups, manualOf.get(id) ?? [], known),
      ]),
    );
  }

  /** Finds people's groups by what is in force now. Await `loaded` before. */
  finder(): MembershipFinder {
    const { known, knownFinder } = this;
    const config = this.configuration.current;
    if (knownFinder?.definitions === known && knownFinder.config === config) return knownFinder;
    return (this.knownFinder = new MembershipFinder(known, config));
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.load();
  }

  async onModuleDestroy(): Promise<void> {
    clearTimeout(this.retry);
    await this.loading;
    clearTimeout(this.retry);
    this.changes.complete();
  }

  /** Resolves when what was heard so far is in force. */
  async loaded(): Promise<void> {
    await this.loading;
    if (!this.consoleGroups) await this.load();
  }

  private hear({ kind, subject }: HeardChange): void {
    if (kind === 'groups') void this.load();
    if (kind === 'owner') this.changes.next({ ownerId: subject });
  }

  private load(): Promise<void> {
    this.loading = this.loading.then(() => this.read());
    return this.loading;
  }

  /** A database that does not answer, or is not upgraded yet, is asked again; until then the last word holds. */
  private async read(): Promise<void> {
    clearTimeout(this.retry);
    try {
      this.consoleGroups = await this.groups.find({ order: { name: 'ASC' } });
      this.failures = 0;
      this.rebuild();
    } catch (error) {
      this.failures += 1;
      if (this.failures === 2) {
        this.logger.warn(`The groups of the console cannot be read: ${String(error)}`);
      }
      this.retry = setTimeout(() => void this.load(), RETRY_MS).unref();
    }
  }

  private rebuild(): void {
    this.known = mergeDefinitions(this.configuration.current.groups, this.consoleGroups ?? []);
    this.changes.next({ ownerId: null });
  }
}
