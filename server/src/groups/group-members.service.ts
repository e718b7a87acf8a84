import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type Observable, Subject } from 'rxjs';
import { type EntityManager, Repository } from 'typeorm';
import { type AuditContext } from '../infrastructure/audit/audit-context.js';
import { AuditTrailService } from '../infrastructure/audit/audit-trail.service.js';
import { ChangesService } from '../infrastructure/changes/changes.service.js';
import { ClockService } from '../infrastructure/clock/clock.service.js';
import { newId } from '../infrastructure/crypto/identifiers.js';
import { AppError } from '../infrastructure/errors/app-error.js';
import { type OwnerKind } from '../infrastructure/http/principal.js';
import { type GroupDefinition } from './group-definitions.js';
import { GroupMember } from './group-member.entity.js';
import { GroupsService } from './groups.service.js';
import { EVERYONE } from './memberships.js';

/** Who is put into a group or taken out; `name` is for the audit log. */
export interface MemberToBe {
  kind: OwnerKind;
  id: string;
  name: string;
}

/** Puts people and clients into groups by hand, those of the file included, and takes them out. */
@Injectable()
export class GroupMembersService {
  /** Who was put into a group here or taken out of one, once that is committed. */
  readonly changed$: Observable<MemberToBe>;
  private readonly changed = new Subject<MemberToBe>();

  constructor(
    @InjectRepository(GroupMember) private readonly members: Repository<GroupMember>,
    private readonly groups: GroupsService,
    private readonly audit: AuditTrailService,
    private readonly changes: ChangesService,
    private readonly clock: ClockService,
  ) {
    this.changed$ = this.changed.asObservable();
  }

  /**
   * Makes a membership by hand, which stays whatever the rules say; making it again changes nothing.
   * @throws AppError not_found for an unknown group; conflict for the group that everyone is in
   */
  async add(groupName: string, member: MemberToBe, context: AuditContext): Promise<void> {
    const group = await this.group(groupName);
    if (group.name === EVERYONE && member.kind === 'user') {
      throw new AppError('conflict', `Everyone is in the group "${EVERYONE}" already.`);
    }
    await this.change('group.add_member', { groupName, member, context }, async (manager) => {
      const isThere = await manager.existsBy(GroupMember, { groupName, ownerId: member.id });
      if (!isThere) await this.insert(groupName, { member, context, manager });
      return !isThere;
    });
  }

  /**
   * Ends a membership made by hand; one by rule or configuration is not touched.
   * @throws AppError not_found when there is none made by hand
   */
  async remove(groupName: string, member: MemberToBe, context: AuditContext): Promise<void> {
    const wasThere = await this.change(
      'group.remove_member',
      { groupName, member, context },
      async (manager) => {
        const { affected } = await manager.delete(GroupMember, { groupName, ownerId: member.id });
        return affected === 1;
      },
    );
    if (wasThere) return;
    throw new AppError(
      'not_found',
      `${member.name} was not put into the group "${groupName}" by hand. Who is in it by a rule or by config.yaml leaves when that is changed.`,
    );
  }

  /** Ends every membership made by hand of somebody who is gone. */
  async removeAllOf(ownerId: string, manager: EntityManager): Promise<void> {
    await manager.delete(GroupMember, { ownerId });
  }

  private insert(
    groupName: string,
    {
      member,
      context,
      manager,
    }: Pick<MemberChange, 'member' | 'context'> & {
      manager: EntityManager;
    },
  ): Promise<unknown> {
    // Two administrators at once: the second finds it done, on either database.
    return manager
      .createQueryBuilder()
      .insert()
      .into(GroupMember)
      .values({
        id: newId(),
        groupName,
        ownerKind: member.kind,
        ownerId: member.id,
        createdBy: context.actorId,
        createdAt: this.clock.now(),
      })
      .orIgnore()
      .updateEntity(false)
      .execute();
  }

  /** Runs `work`, which answers whether it changed anything, and says so where it has to be known. */
  private async change(
    action: string,
    { groupName, member, context }: MemberChange,
    work: (manager: EntityManager) => Promise<boolean>,
  ): Promise<boolean> {
    const hasChanged = await this.members.manager.transaction(async (manager) => {
      if (!(await work(manager))) return false;
      const object = { kind: 'group', id: groupName, name: groupName };
      const who = { [member.kind]: member.id, name: member.name };
      const side = action === 'group.add_member' ? { after: who } : { before: who };
      await this.audit.record(context, { action, object, ...side }, manager);
      await this.changes.publish('owner', member.id, manager);
      return true;
    });
    if (hasChanged) {
      this.changes.tellHere('owner', member.id);
      this.changed.next(member);
    }
    return hasChanged;
  }

  private async group(name: string): Promise<GroupDefinition> {
    await this.groups.loaded();
    const group = this.groups.find(name);
    if (!group) throw new AppError('not_found', `There is no group named "${name}".`);
    return group;
  }
}

interface MemberChange {
  groupName: string;
  member: MemberToBe;
  context: AuditContext;
}
