import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { nanoCoinsText } from '../../infrastructure/amounts/nano-coins.js';
import { type LoggedRequest } from '../log/logged-request.js';
import { TIME_BUCKETS } from './usage-buckets.js';
import { type UsagePeriod } from './usage-period.js';
import { UsagePeriodDto } from './usage-query.dto.js';
import { type KeyedUsage } from './usage-report.service.js';
import { type UsageSums } from '../rollups/usage-sums.js';

export const OWN_DIMENSIONS = [...TIME_BUCKETS, 'model', 'key', 'source'] as const;
export type OwnDimension = (typeof OWN_DIMENSIONS)[number];

export class OwnUsageQueryDto extends UsagePeriodDto {
  @ApiPropertyOptional({ enum: OWN_DIMENSIONS, default: 'day' })
  @IsIn(OWN_DIMENSIONS, { message: `by is one of ${OWN_DIMENSIONS.join(', ')}.` })
  by: OwnDimension = 'day';
}

export class UsageSumsDto {
  @ApiProperty()
  requests!: number;

  @ApiProperty({ description: 'Requests that were refused or failed.' })
  errors!: number;

  @ApiProperty({ description: 'Requests whose caller left before the end.' })
  cancelled!: number;

  @ApiProperty()
  promptTokens!: number;

  @ApiProperty()
  completionTokens!: number;

  @ApiProperty({ description: 'Part of promptTokens.' })
  cachedTokens!: number;

  @ApiProperty({ description: 'Part of completionTokens.' })
  reasoningTokens!: number;

  @ApiProperty({ example: '12.500000001', description: 'Coins, exactly.' })
  cost!: string;

  @ApiProperty({ type: Number, nullable: true })
  averageDurationMs!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  averageFirstByteMs!: number | null;

  static from(this: void, sums: UsageSums): UsageSumsDto {
    const { durationMs, firstByteMs, firstBytes, cost, ...counts } = sums;
    return {
      ...counts,
      cost: nanoCoinsText(cost),
      averageDurationMs: averageOf(durationMs, sums.requests),
      averageFirstByteMs: averageOf(firstByteMs, firstBytes),
    };
  }
}

export class KeyedUsageDto extends UsageSumsDto {
  @ApiProperty({
    description:
      'An hour (ISO, UTC), a local day or month, a weekday and local hour ("1-09": Monday), or what `by` asked for.',
  })
  key!: string;

  static of(this: void, { key, sums }: KeyedUsage): KeyedUsageDto {
    return { key, ...UsageSumsDto.from(sums) };
  }
}

export class ReportedPeriodDto {
  @ApiProperty({ format: 'date-time', description: 'Widened to whole hours.' })
  from!: string;

  @ApiProperty({ format: 'date-time', description: 'Not included.' })
  to!: string;

  @ApiProperty()
  tz!: string;

  static of(this: void, { from, to, zone }: UsagePeriod): ReportedPeriodDto {
    return { from: new Date(from).toISOString(), to: new Date(to).toISOString(), tz: zone.name };
  }
}

export class OwnUsageDto {
  @ApiProperty({ type: ReportedPeriodDto })
  period!: ReportedPeriodDto;

  @ApiProperty({ type: UsageSumsDto })
  totals!: UsageSumsDto;

  @ApiProperty({ enum: OWN_DIMENSIONS })
  by!: OwnDimension;

  @ApiProperty({ type: [KeyedUsageDto], description: 'Times in order, all else by cost.' })
  items!: KeyedUsageDto[];
}

export class LoggedRequestDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ description: 'As in the header x-request-id.' })
  requestId!: string;

  @ApiProperty({ format: 'date-time' })
  startedAt!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  apiKeyId!: string | null;

  @ApiProperty({ enum: ['api', 'chat'] })
  source!: string;

  @ApiProperty()
  operation!: string;

  @ApiProperty()
  model!: string;

  @ApiProperty()
  isStream!: boolean;

  @ApiProperty()
  status!: number;

  @ApiProperty({ type: String, nullable: true })
  errorCode!: string | null;

  @ApiProperty({ enum: ['completed', 'cancelled', 'failed', 'refused'] })
  outcome!: string;

  @ApiProperty({ type: Number, nullable: true })
  promptTokens!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  completionTokens!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  cachedTokens!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  reasoningTokens!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  firstByteMs!: number | null;

  @ApiProperty()
  durationMs!: number;

  @ApiProperty({ type: String, nullable: true, description: 'Coins, exactly.' })
  cost!: string | null;

  @ApiProperty({ type: String, enum: ['exact', 'estimated', 'partial'], nullable: true })
  accuracy!: string | null;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Length of the audio that was billed.',
  })
  audioMs!: number | null;

  /** Without what is nobody's business but the operators': endpoints. */
  static from(this: void, request: LoggedRequest): LoggedRequestDto {
    const {
      endpoint: _endpoint,
      attempts: _attempts,
      userId: _userId,
      clientId: _clientId,
      ...shown
    } = request;
    return {
      ...shown,
      startedAt: request.startedAt.toISOString(),
      cost: request.cost === null ? null : nanoCoinsText(request.cost),
    };
  }
}

export class RequestPageDto {
  @ApiProperty({ type: [LoggedRequestDto], description: 'The latest first.' })
  items!: LoggedRequestDto[];

  @ApiProperty({ type: String, nullable: true, description: '`after` of the next page.' })
  next!: string | null;
}

const averageOf = (sum: number, count: number) => (count === 0 ? null : Math.round(sum / count));
