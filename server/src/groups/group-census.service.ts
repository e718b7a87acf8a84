import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { ConfigurationService } from '../config/configuration.service.js';
import { type Page, pageOfList, type PageRequest } from '../infrastructure/database/page.js';
import { AppError } from '../infrastructure/errors/app-error.js';
import { type ScannedUser, UserScanService } from '../users/index.js';
import { type GroupDefinition } from './group-definitions.js';
import { GroupMember } from './group-member.entity.js';
import { GroupsService } from './groups.service.js';
import { type MembershipReason, reasonOf } from './memberships.js';

export const MEMBER_SORT_COLUMNS = ['name', 'email'] as const;

export interface GroupMembership {
  id: string;
  email: string;
  name: string;
  isActive: boolean;
  because: MembershipReason;
}

/** What a changed group would do, over everybody whose account is active. */
export interface Effect {
  /** Members if it were so. */
  members: number;
  joining: number;
  leaving: number;
  /** Everybody who was looked at. */
  knownUsers: number;
}

/** Looks at everybody to say who is in a group, or would be; for administrators, not for requests. */
@Injectable()
export class GroupCensusService {
  constructor(
    @InjectRepository(GroupMember) private readonly members: Repository<GroupMember>,
    private readonly groups: GroupsService,
    private readonly users: UserScanService,
    private readonly configuration: ConfigurationService,
  ) {}

  /**
   * One page of the people in a group, whatever put them there.
   * @throws AppError not_found; the signal's reason when the caller leaves
   */
  async membersOf(
    groupName: string,
    request: PageRequest,
    signal?: AbortSignal,
  ): Promise<Page<GroupMembership>> {
    await this.groups.loaded();
    const group = this.groups.find(groupName);
    if (!group) throw new AppError('not_found', `There is no group named "${groupName}".`);
    const found: { key: string; member: GroupMembership }[] = [];
    const keyOf = request.sort === 'email' ? emailOf : lowerNameOf;
    const isSearched = searchFor(request.search);
    const reasonFor = await this.reasons(group);
    await this.users.visitAll((user) => {
      const because = isSearched(user) ? reasonFor(user) : null;
      if (!because) return;
      const { id, email, name, isActive } = user;
      found.push({ key: keyOf(user), member: { id, email, name, isActive, because } });
    }, signal);
    const direction = request.order === 'desc' ? -1 : 1;
    found.sort((one, other) => direction * compare(one, other));
    return pageOfList(
      found.map(({ member }) => member),
      request,
    );
  }

  /**
   * The ids of everybody in a group, whatever put them there.
   * @throws AppError not_found; the signal's reason when the caller leaves
   */
  async idsOf(groupName: string, signal?: AbortSignal): Promise<string[]> {
    await this.groups.loaded();
    const group = this.groups.find(groupName);
    if (!group) throw new AppError('not_found', `There is no group named "${groupName}".`);
    const reasonFor = await this.reasons(group);
    const ids: string[] = [];
    await this.users.visitAll((user) => {
      if (reasonFor(user) !== null) ids.push(user.id);
    }, signal);
    return ids;
  }

  /** Who would come and go if `after` took the place of the group of its name. */
  async effectOf(after: GroupDefinition, signal?: AbortSignal): Promise<Effect> {
    await this.groups.loaded();
    const before = this.groups.find(after.name);
    const isNow = before ? await this.reasons(before) : () => null;
    const wouldBe = await this.reasons(after);
    const effect: Effect = { members: 0, joining: 0, leaving: 0, knownUsers: 0 };
    await this.users.visitAll((user) => {
      if (!user.isActive) return;
      const was = isNow(user) !== null;
      const is = wouldBe(user) !== null;
      effect.knownUsers += 1;
      effect.members += Number(is);
      effect.joining += Number(is && !was);
      effect.leaving += Number(was && !is);
    }, signal);
    return effect;
  }

  private async reasons(group: GroupDefinition) {
    const rows = await this.members.find({
      where: { groupName: group.name, ownerKind: 'user' },
      select: { ownerId: true },
    });
    const manual = new Set(rows.map(({ ownerId }) => ownerId));
    const config = this.configuration.current;
    return (user: ScannedUser) => reasonOf(group, user, { config, isManual: manual.has(user.id) });
  }
}

const emailOf = ({ email }: ScannedUser) => email;
const lowerNameOf = ({ name }: ScannedUser) => name.toLowerCase();

/** Equal keys in the order of ids, so that no member is on two pages. */
function compare(one: { key: string; member: GroupMembership }, other: typeof one): number {
  if (one.key !== other.key) return one.key < other.key ? -1 : 1;
  return one.member.id < other.member.id ? -1 : 1;
}

function searchFor(search = ''): (user: ScannedUser) => boolean {
  const wanted = search.toLowerCase();
  return ({ name, email }) => name.toLowerCase().includes(wanted) || email.includes(wanted);
}
