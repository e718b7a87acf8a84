import { Entity, Index } from 'typeorm';
import {
  FlagColumn,
  IdColumn,
  IntegerColumn,
  ReferenceColumn,
  TextColumn,
  TimeColumn,
} from '../infrastructure/database/columns.js';
import { type RequestOutcome, type RequestRecord, type RequestSource } from './request-record.js';

/** The append-only log of requests to models. */
@Entity({ name: 'request_log' })
@Index('request_log_started_at', ['startedAt'])
@Index('request_log_user_id_started_at', ['userId', 'startedAt'])
@Index('request_log_client_id_started_at', ['clientId', 'startedAt'])
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
}
