import { Entity, Index } from 'typeorm';
import {
  IdColumn,
  ReferenceColumn,
  TextColumn,
  TimeColumn,
} from '../infrastructure/database/columns.js';
import { type OwnerKind } from '../infrastructure/http/principal.js';

/**
 * A membership made by hand. It names the group, not a row: most groups live in config.yaml, and a
 * membership outlives a group that is taken out of the file and put back.
 */
@Entity({ name: 'group_members' })
@Index('group_members_unique', ['ownerId', 'groupName'], { unique: true })
@Index('group_members_group_name', ['groupName'])
export class GroupMember {
  @IdColumn()
  id!: string;

  @TextColumn(128, { name: 'group_name' })
  groupName!: string;

  @TextColumn(16, { name: 'owner_kind' })
  ownerKind!: OwnerKind;

  @ReferenceColumn('owner_id')
  ownerId!: string;

  @ReferenceColumn('created_by', { nullable: true })
  createdBy!: string | null;

  @TimeColumn('created_at')
  createdAt!: Date;
}
