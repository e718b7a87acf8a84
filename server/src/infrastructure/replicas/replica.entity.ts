import { Entity } from 'typeorm';
import { IdColumn, IntegerColumn, TextColumn, TimeColumn } from '../database/columns.js';

/** One running process of Lumen. */
@Entity({ name: 'replicas' })
export class Replica {
  @IdColumn()
  id!: string;

  /** Grows while the process lives; others see by their own clock how long it has stood still. */
  @IntegerColumn('beat')
  beat!: number;

  @TimeColumn('started_at')
  startedAt!: Date;

  @TextColumn(255)
  host!: string;
}
