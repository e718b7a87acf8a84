import { Entity, Index } from 'typeorm';
import { IdColumn, TextColumn, TimeColumn } from '../database/columns.js';

/** One thing that other replicas must hear of. */
@Entity({ name: 'changes' })
@Index('changes_at', ['at'])
export class Change {
  @IdColumn()
  id!: string;

  @TimeColumn('at')
  at!: Date;

  /** The process that made the change. */
  @TextColumn(36)
  origin!: string;

  @TextColumn(32)
  kind!: string;

  @TextColumn(256)
  subject!: string;
}
