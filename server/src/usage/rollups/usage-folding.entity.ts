import { Entity } from 'typeorm';
import { IdColumn, IntegerColumn, TextColumn } from '../../infrastructure/database/columns.js';

/** One row: the last of `usage_hourly` that is in the sums of days, thirds and months. */
@Entity({ name: 'usage_folding' })
export class UsageFolding {
  @IdColumn()
  id!: string;

  @IntegerColumn('hour')
  hour!: number;

  @TextColumn(16, { name: 'owner_kind' })
  ownerKind!: string;

  @TextColumn(36, { name: 'owner_id' })
  ownerId!: string;

  @TextColumn(36, { name: 'api_key_id' })
  apiKeyId!: string;

  @TextColumn(256)
  model!: string;

  @TextColumn(512)
  endpoint!: string;

  @TextColumn(16)
  source!: string;
}
