import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { ConfigurationService } from '../config/configuration.service.js';
import { type Page, type PageRequest } from '../infrastructure/database/page.js';
import { type ScannedUser, UserAdministrationService, UserScanService } from '../users/index.js';
import { type GroupDefinition } from './group-definitions.js';
import { GroupMember } from './group-member.entity.js';
import { GroupsService } from './groups.service.js';
import { MembershipIndexService } from './membership-index.service.js';
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

/** Who is in a group, or would be if it changed; for administrators, not for requests. */
@Injectable()
export class GroupCensusService {
  constructor(
    @InjectRepository(GroupMember) private readonly members: Repository<GroupMember>,
    private readonly groups: GroupsService,
    private readonly index: MembershipIndexService,
    private readonly administration: UserAdministrationService,
    private readonly everybody: UserScanService,
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
    const ids = (await this.index.idsOf(groupName, signal)) ?? undefined;
    const page = await this.administration.list({ ...request, ids });
    const pageIds = page.items.map(({ id }) => id);
    const reasons = await this.index.reasonsOf(groupName, pageIds);
    const items = page.items.flatMap(({ id, email, name, isActive }) => {
      const because = reasons.get(id);
      return because ? [{ id, email, name, isActive, because }] : [];
    });
    return { ...page, items };
  }

  /** Who would come and go if `after` took the place of the group of its name. */
  async effectOf(after: GroupDefinition, signal?: AbortSignal): Promise<Effect> {
    await this.groups.loaded();
    const before = this.groups.find(after.name);
    const isNow = before ? await this.reasons(before) : () => null;
    const wouldBe = await this.reasons(after);
    const effect: Effect = { members: 0, joining: 0, leaving: 0, knownUsers: 0 };
    await this.everybody.visitAll((user) => {
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
