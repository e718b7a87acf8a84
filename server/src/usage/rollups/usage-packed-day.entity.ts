import { Entity, Index, PrimaryColumn } from 'typeorm';
import {
  IntegerColumn,
  LongTextColumn,
  ReferenceColumn,
  TextColumn,
} from '../../infrastructure/database/columns.js';

/** What was used on one day (UTC), packed (`packed-day.ts`). */
@Entity({ name: 'usage_packed_days' })
export class UsagePackedDay {
  /** Its beginning, in milliseconds since 1970. */
  @PrimaryColumn({ type: 'bigint', name: 'day' })
  day!: number;

  /** That are in it; if there are more by now, it does not count. */
  @IntegerColumn('requests')
  requests!: number;

  /** By model, endpoint and source, as JSON. */
  @LongTextColumn('everybody')
  everybody!: string;

  @LongTextColumn('owners')
  owners!: string;

  @LongTextColumn('models')
  models!: string;

  @LongTextColumn('hours')
  hours!: string;
}

/** What was used in one month (UTC), packed from its days. */
@Entity({ name: 'usage_packed_months' })
export class UsagePackedMonth {
  @PrimaryColumn({ type: 'bigint', name: 'month' })
  month!: number;

  /** The beginning of the next one. */
  @IntegerColumn('until')
  until!: number;

  @IntegerColumn('requests')
  requests!: number;

  @LongTextColumn('owners')
  owners!: string;
}

/** The numbers that stand for owners in packed days. */
@Entity({ name: 'usage_packed_owners' })
@Index('usage_packed_owners_owner', ['kind', 'ownerId'], { unique: true })
export class UsagePackedOwner {
  @PrimaryColumn({ type: 'bigint', name: 'number' })
  number!: number;

  @TextColumn(16)
  kind!: string;

  @ReferenceColumn('owner_id')
  ownerId!: string;
}
