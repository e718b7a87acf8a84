import { Entity, Index } from 'typeorm';
import {
  FlagColumn,
  IdColumn,
  JsonColumn,
  LongTextColumn,
  TextColumn,
  TimeColumn,
} from '../infrastructure/database/columns.js';
import { type ProviderModel } from './provider-model.js';

export const PROVIDER_TYPES = ['official', 'custom'] as const;
export type ProviderType = (typeof PROVIDER_TYPES)[number];

/** What stands in `default_mark` of the one default provider. */
export const DEFAULT_MARK = 'default';

/** A service or server of one's own that has models, reached by one address with one key. */
@Entity({ name: 'providers' })
@Index('providers_slug', ['slug'], { unique: true })
@Index('providers_default_mark', ['defaultMark'], { unique: true })
export class Provider {
  @IdColumn()
  id!: string;

  @TextColumn(128)
  name!: string;

  /** The part of its models' ids before the slash. */
  @TextColumn(63)
  slug!: string;

  @TextColumn(16)
  type!: ProviderType;

  @TextColumn(2048, { name: 'base_url' })
  baseUrl!: string;

  /** The key as `ProviderKeysService` sealed it; null: none is sent. */
  @LongTextColumn('sealed_key', { nullable: true })
  sealedKey!: string | null;

  @JsonColumn('models')
  models!: ProviderModel[];

  @FlagColumn('is_enabled')
  isEnabled!: boolean;

  /** The same text for the default, null for all others: its unique index leaves room for one. */
  @TextColumn(16, { name: 'default_mark', nullable: true })
  defaultMark!: string | null;

  @TimeColumn('created_at')
  createdAt!: Date;

  @TimeColumn('updated_at')
  updatedAt!: Date;
}
