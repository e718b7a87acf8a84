import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { AppError } from '../infrastructure/errors/app-error.js';
import { UserScanService, UsersService } from '../users/index.js';
import { GroupMember } from './group-member.entity.js';
import { type GroupsChange, GroupsService } from './groups.service.js';
import { type MembershipReason } from './memberships.js';

/** More people than this changed since somebody asked: everybody is read again instead. */
const MOST_CHANGED = 2_000;
const PEOPLE_AT_A_TIME = 200;
/** Where people or groups change all the time, what was read last has to do. */
const MOST_READS = 4;

/** The groups of everybody, as ids and names. */
export interface MembershipIndex {
  /** Groups that everybody is in. */
  readonly everyone: ReadonlySet<string>;
  /** Beside these, by the id of the person. */
  readonly groupsOf: ReadonlyMap<string, readonly string[]>;
}

/**
 * Who is in which group, for lists and reports that would have to look at everybody each time. It is
 * worked out when somebody first asks and kept in memory: an id and a shared list of names a person.
 * After a change of one person that one is read again, after a change of groups everybody; other
 * replicas hear of both within two seconds. What decides about requests is `GroupsService`.
 */
@Injectable()
export class MembershipIndexService {
  private everyone: ReadonlySet<string> = new Set();
  private groupsOf: Map<string, readonly string[]> | null = null;
  private readonly changed = new Set<string>();
  private work: Promise<unknown> = Promise.resolve();

  constructor(
    @InjectRepository(GroupMember) private readonly members: Repository<GroupMember>,
    private readonly groups: GroupsService,
    private readonly people: UserScanService,
    private readonly users: UsersService,
  ) {
    groups.changes$.subscribe((change) => this.hear(change));
  }

  /** What is true now. */
  async current(signal?: AbortSignal): Promise<MembershipIndex> {
    const updated = this.work.then(() => this.update());
    this.work = updated.catch(() => undefined);
    const groupsOf = await updated;
    signal?.throwIfAborted();
    return { everyone: this.everyone, groupsOf };
  }

  /**
   * The ids of everybody in a group; null: of all people.
   * @throws AppError not_found; the signal's reason when the caller leaves
   */
  async idsOf(groupName: string, signal?: AbortSignal): Promise<readonly string[] | null> {
    await this.groups.loaded();
    if (!this.groups.find(groupName)) {
      throw new AppError('not_found', `There is no group named "${groupName}".`);
    }
    const { everyone, groupsOf } = await this.current(signal);
    if (everyone.has(groupName)) return null;
    const ids: string[] = [];
    for (const [id, names] of groupsOf) if (names.includes(groupName)) ids.push(id);
    return ids;
  }

  /** Why each of a page's people is in a group; who is not is not among them. */
  async reasonsOf(
    groupName: string,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, MembershipReason>> {
    const memberships = await this.groups.ofUsers(await this.users.findMany(ids));
    const found = new Map<string, MembershipReason>();
    for (const [id, groups] of memberships) {
      const membership = groups.find(({ group }) => group.name === groupName);
      if (membership) found.set(id, membership.because);
    }
    return found;
  }

  private hear({ ownerId }: GroupsChange): void {
    if (ownerId === null) {
      this.groupsOf = null;
      this.changed.clear();
    } else if (this.groupsOf && !this.changed.has(ownerId)) {
      this.changed.add(ownerId);
      if (this.changed.size > MOST_CHANGED) this.hear({ ownerId: null });
    }
  }

  private async update(): Promise<Map<string, readonly string[]>> {
    await this.groups.loaded();
    for (let time = 1; ; time += 1) {
      const groupsOf = this.groupsOf ?? (await this.readAll());
      await this.readChanged(groupsOf);
      // People may be made without a word to anybody: on the command line, by the configuration.
      const isWhole = groupsOf.size === (await this.users.count());
      if ((isWhole && groupsOf === this.groupsOf) || time === MOST_READS) return groupsOf;
      if (!isWhole) this.groupsOf = null;
    }
  }

  private async readAll(): Promise<Map<string, readonly string[]>> {
    const found = new Map<string, readonly string[]>();
    // What is heard while everybody is read is read afterwards.
    this.groupsOf = found;
    try {
      const manual = await this.manual();
      const finder = this.groups.finder();
      this.everyone = finder.everyone;
      const lists = new Map<string, readonly string[]>();
      await this.people.visitAll((person) => {
        const names = finder.groupsOf(person, manual.get(person.id) ?? []);
        found.set(person.id, sharedList(lists, names));
      });
    } catch (error) {
      if (this.groupsOf === found) this.groupsOf = null;
      throw error;
    }
    return found;
  }

  private async readChanged(groupsOf: Map<string, readonly string[]>): Promise<void> {
    while (this.changed.size > 0 && groupsOf === this.groupsOf) {
      const ids = [...this.changed].slice(0, PEOPLE_AT_A_TIME);
      for (const id of ids) this.changed.delete(id);
      const memberships = await this.membershipsOf(ids).catch((error: unknown) => {
        // They are still to be read, like those who changed meanwhile.
        for (const id of ids) this.hear({ ownerId: id });
        throw error;
      });
      for (const id of ids) {
        const names = memberships.get(id)?.map(({ group }) => group.name);
        if (!names) groupsOf.delete(id);
        else groupsOf.set(id, names.filter((name) => !this.everyone.has(name)).sort());
      }
    }
  }

  private async membershipsOf(ids: readonly string[]) {
    return this.groups.ofUsers(await this.users.findMany(ids));
  }

  private async manual(): Promise<Map<string, string[]>> {
    const rows = await this.members
      .createQueryBuilder('member')
      .select('member.ownerId', 'id')
      .addSelect('member.groupName', 'name')
      .where(`member.ownerKind = 'user'`)
      .getRawMany<{ id: string; name: string }>();
    const found = new Map<string, string[]>();
    for (const { id, name } of rows) {
      const names = found.get(id);
      if (names) names.push(name);
      else found.set(id, [name]);
    }
    return found;
  }
}

function sharedList(
  lists: Map<string, readonly string[]>,
  names: readonly string[],
): readonly string[] {
  const key = names.join('\n');
  const known = lists.get(key);
  if (known) return known;
  lists.set(key, names);
  return names;
}
