import { Entity, ForeignKey, Index } from 'typeorm';
import {
  IdColumn,
  ReferenceColumn,
  TextColumn,
  TimeColumn,
} from '../../infrastructure/database/columns.js';

/** Where a person keeps conversations together; flat. */
@Entity({ name: 'folders' })
@Index('folders_user_id', ['userId'])
export class Folder {
  @IdColumn()
  id!: string;

  @ReferenceColumn('user_id')
  @ForeignKey('User', { name: 'folders_user', onDelete: 'CASCADE' })
  userId!: string;

  @TextColumn(100)
  name!: string;

  @TimeColumn('created_at')
  createdAt!: Date;
}
