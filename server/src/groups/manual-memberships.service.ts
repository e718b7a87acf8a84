import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LRUCache } from 'lru-cache';
import { type EntityManager, In, Repository } from 'typeorm';
import { ChangesService, type HeardChange } from '../infrastructure/changes/changes.service.js';
import { GroupMember } from './group-member.entity.js';

const CACHED_OWNERS = 50_000;

/** The memberships made by hand, remembered until somebody says that they changed. */
@Injectable()
export class ManualMembershipsService {
  private readonly names = new LRUCache<string, readonly string[]>({ max: CACHED_OWNERS });
  /** Counts what was forgotten: an answer read before that must not be kept. */
  private forgotten = 0;

  constructor(
    @InjectRepository(GroupMember) private readonly members: Repository<GroupMember>,
    changes: ChangesService,
  ) {
    changes.heard$.subscribe((change) => this.forget(change));
  }

  /** The names of the groups that a person or client was put into by hand. */
  of(ownerId: string): readonly string[] | Promise<readonly string[]> {
    return this.names.get(ownerId) ?? this.load(ownerId);
  }

  /** The same of a few hundred owners, with one question at the most. */
  async ofMany(ownerIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const { forgotten } = this;
    const unknown = ownerIds.filter((id) => !this.names.has(id));
    const rows = unknown.length === 0 ? [] : await this.rowsOf(unknown);
    const read = new Map(unknown.map((id): [string, string[]] => [id, []]));
    for (const { ownerId, groupName } of rows) read.get(ownerId)?.push(groupName);
    if (forgotten === this.forgotten) {
      for (const [ownerId, names] of read) this.names.set(ownerId, Object.freeze(names));
    }
    const all = new Map<string, readonly string[]>(read);
    for (const id of ownerIds) if (!all.has(id)) all.set(id, await this.of(id));
    return all;
  }

  /** Takes somebody who is leaving out of every group they were put into by hand. */
  async leaveAll(ownerId: string, manager: EntityManager): Promise<void> {
    await manager.delete(GroupMember, { ownerId });
  }

  private rowsOf(ownerIds: readonly string[]) {
    return this.members.find({
      where: { ownerId: In(ownerIds) },
      select: { ownerId: true, groupName: true },
      order: { groupName: 'ASC' },
    });
  }

  private async load(ownerId: string): Promise<readonly string[]> {
    const { forgotten } = this;
    const rows = await this.members.find({
      where: { ownerId },
      select: { groupName: true },
      order: { groupName: 'ASC' },
    });
    const names = Object.freeze(rows.map(({ groupName }) => groupName));
    if (forgotten === this.forgotten) this.names.set(ownerId, names);
    return names;
  }

  private forget({ kind, subject }: HeardChange): void {
    if (kind !== 'owner' && kind !== 'groups') return;
    this.forgotten += 1;
    if (kind === 'owner') this.names.delete(subject);
    else this.names.clear();
  }
}
