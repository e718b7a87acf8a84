import { Entity, PrimaryColumn } from 'typeorm';
import { RollupSums } from './rollup-sums.entity.js';

const keyNumber = (name: string): PropertyDecorator => PrimaryColumn({ type: 'bigint', name });

const keyText = (name: string, length: number): PropertyDecorator =>
  PrimaryColumn({ type: 'varchar', length, name });

/** The beginning of an hour, day, third or month of UTC, in milliseconds since 1970. */
const keyTime = keyNumber;

/** Requests by hour and everything that is told apart. */
@Entity({ name: 'usage_hourly', withoutRowid: true })
export class UsageHourly extends RollupSums {
  @keyTime('hour')
  hour!: number;

  @keyText('owner_kind', 16)
  ownerKind!: string;

  @keyText('owner_id', 36)
  ownerId!: string;

  @keyText('api_key_id', 36)
  apiKeyId!: string;

  @keyText('model', 256)
  model!: string;

  @keyText('endpoint', 512)
  endpoint!: string;

  @keyText('source', 16)
  source!: string;
}

/** Requests by day (UTC), owner, key, model and source. */
@Entity({ name: 'usage_daily', withoutRowid: true })
export class UsageDaily extends RollupSums {
  @keyTime('day')
  day!: number;

  @keyText('owner_kind', 16)
  ownerKind!: string;

  @keyText('owner_id', 36)
  ownerId!: string;

  @keyText('api_key_id', 36)
  apiKeyId!: string;

  @keyText('model', 256)
  model!: string;

  @keyText('source', 16)
  source!: string;
}

/** Requests by third of a month (UTC), owner, key, model and source. */
@Entity({ name: 'usage_thirds', withoutRowid: true })
export class UsageThirds extends RollupSums {
  @keyTime('third')
  third!: number;

  @keyText('owner_kind', 16)
  ownerKind!: string;

  @keyText('owner_id', 36)
  ownerId!: string;

  @keyText('api_key_id', 36)
  apiKeyId!: string;

  @keyText('model', 256)
  model!: string;

  @keyText('source', 16)
  source!: string;
}

/** Requests by month (UTC), owner, key, model and source. */
@Entity({ name: 'usage_monthly', withoutRowid: true })
export class UsageMonthly extends RollupSums {
  @keyTime('month')
  month!: number;

  @keyText('owner_kind', 16)
  ownerKind!: string;

  @keyText('owner_id', 36)
  ownerId!: string;

  @keyText('api_key_id', 36)
  apiKeyId!: string;

  @keyText('model', 256)
  model!: string;

  @keyText('source', 16)
  source!: string;
}

/** Requests by hour, model, endpoint and source, of everybody. */
@Entity({ name: 'usage_hourly_models', withoutRowid: true })
export class UsageHourlyModels extends RollupSums {
  @keyTime('hour')
  hour!: number;

  @keyText('model', 256)
  model!: string;

  @keyText('endpoint', 512)
  endpoint!: string;

  @keyText('source', 16)
  source!: string;
}

/** The same, the shares of replicas but the first: each adds to rows of its own. Read by a view of both. */
@Entity({ name: 'usage_hourly_models_shares', withoutRowid: true })
export class UsageHourlyModelsShare extends UsageHourlyModels {
  @keyNumber('share')
  share!: number;
}

/** All requests by hour. */
@Entity({ name: 'usage_hourly_totals', withoutRowid: true })
export class UsageHourlyTotals extends RollupSums {
  @keyTime('hour')
  hour!: number;
}

/** The same, the shares of replicas but the first. */
@Entity({ name: 'usage_hourly_totals_shares', withoutRowid: true })
export class UsageHourlyTotalsShare extends UsageHourlyTotals {
  @keyNumber('share')
  share!: number;
}
