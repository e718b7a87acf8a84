import { Entity, Index } from 'typeorm';
import {
  IdColumn,
  ReferenceColumn,
  TextColumn,
  TimeColumn,
} from '../../infrastructure/database/columns.js';

/** A person who deleted their account, by a keyed hash of their address; their pools wait for them. */
@Entity({ name: 'departed_owners' })
@Index('departed_owners_address_hash', ['addressHash'], { unique: true })
@Index('departed_owners_left_at', ['leftAt'])
export class DepartedOwner {
  @IdColumn()
  id!: string;

  @TextColumn(43, { name: 'address_hash' })
  addressHash!: string;

  /** Whose the pools were. */
  @ReferenceColumn('owner_id')
  ownerId!: string;

  @TimeColumn('left_at')
  leftAt!: Date;
}
