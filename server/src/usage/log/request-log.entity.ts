import { Entity, Index } from 'typeorm';
import {
  AmountColumn,
  FlagColumn,
  IdColumn,
  IntegerColumn,
  ReferenceColumn,
  TextColumn,
  TimeColumn,
} from '../../infrastructure/database/columns.js';
import {
  type RequestOutcome,
  type RequestRecord,
  type RequestSource,
  type UsageAccuracy,
} from './request-record.js';

/** The append-only log of requests to models. */
@Entity({ name: 'request_log' })
@Index('request_log_started_at_owner', ['startedAt', 'userId', 'clientId'])
export class RequestLog implements RequestRecord {
  @IdColumn()
  id!: string;

  @TextColumn(128, { name: 'request_id' })
  requestId!: string;

  @TimeColumn('started_at')
  startedAt!: Date;

  @ReferenceColumn('user_id', { nullable: true })
  userId!: string | null;

  @ReferenceColumn('client_id', { nullable: true })
  clientId!: string | null;

  @ReferenceColumn('api_key_id', { nullable: true })
  apiKeyId!: string | null;

  @TextColumn(16)
  source!: RequestSource;

  @TextColumn(64)
  operation!: string;

  @TextColumn(256)
  model!: string;

  @TextColumn(512, { nullable: true })
  endpoint!: string | null;

  @FlagColumn('is_stream')
  isStream!: boolean;

  @IntegerColumn('status')
  status!: number;

  @TextColumn(64, { name: 'error_code', nullable: true })
  errorCode!: string | null;

  @TextColumn(16)
  outcome!: RequestOutcome;

  @IntegerColumn('prompt_tokens', { nullable: true })
  promptTokens!: number | null;

  @IntegerColumn('completion_tokens', { nullable: true })
  completionTokens!: number | null;

  @IntegerColumn('cached_tokens', { nullable: true })
  cachedTokens!: number | null;

  @IntegerColumn('reasoning_tokens', { nullable: true })
  reasoningTokens!: number | null;

  @IntegerColumn('first_byte_ms', { nullable: true })
  firstByteMs!: number | null;

  @IntegerColumn('duration_ms')
  durationMs!: number;

  @AmountColumn('cost', { nullable: true })
  cost!: bigint | null;

  @TextColumn(16, { nullable: true })
  accuracy!: UsageAccuracy | null;

  @ReferenceColumn('coin_pool_id', { nullable: true })
  coinPoolId!: string | null;

  @AmountColumn('coins_held', { nullable: true })
  coinsHeld!: bigint | null;

  @ReferenceColumn('token_pool_id', { nullable: true })
  tokenPoolId!: string | null;

  @AmountColumn('tokens_held', { nullable: true })
  tokensHeld!: bigint | null;

  @IntegerColumn('audio_ms', { nullable: true })
  audioMs!: number | null;

  @TextColumn(4000, { nullable: true })
  attempts!: string | null;
}
