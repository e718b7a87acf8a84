import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { IdFilter, TextFilter, TimeFilter } from '../../infrastructure/http/query-filters.js';
import { type RequestOutcome, type RequestSource } from '../log/request-record.js';
import { type AskedPeriod, type PeriodName, PERIODS } from './usage-period.js';

const readNumber = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;

/** Which time, of which requests. */
export class UsagePeriodDto implements AskedPeriod {
  @TimeFilter('from', 'From the hour of this.')
  from?: Date;

  @TimeFilter('to', 'Not included, but for its hour. Now, if left out.')
  to?: Date;

  @ApiPropertyOptional({
    enum: PERIODS,
    default: '30d',
    description: 'Up to now, where there is no from.',
  })
  @IsOptional()
  @IsIn(PERIODS, { message: `period is one of ${PERIODS.join(', ')}.` })
  period?: PeriodName;

  @ApiPropertyOptional({ type: String, maxLength: 64, default: 'UTC', example: 'Europe/Berlin' })
  @IsOptional()
  @IsString({ message: 'tz is an IANA time zone such as Europe/Berlin.' })
  @MaxLength(64, { message: 'tz is an IANA time zone such as Europe/Berlin.' })
  tz?: string;

  @TextFilter('model', 256)
  model?: string;

  @ApiPropertyOptional({ enum: ['api', 'chat'] })
  @IsOptional()
  @IsIn(['api', 'chat'], { message: 'source is api or chat.' })
  source?: RequestSource;

  @IdFilter('key')
  key?: string;
}

export const MOST_REQUESTS = 200;
const OUTCOMES = ['completed', 'cancelled', 'failed', 'refused'] as const;

/** Which requests, by how they ended: single ones, not sums. */
class RequestEndDto extends UsagePeriodDto {
  @ApiPropertyOptional({ enum: OUTCOMES })
  @IsOptional()
  @IsIn(OUTCOMES, { message: `outcome is one of ${OUTCOMES.join(', ')}.` })
  outcome?: RequestOutcome;

  @ApiPropertyOptional({ type: Number, minimum: 100, maximum: 599 })
  @IsOptional()
  @Transform(readNumber)
  @IsInt({ message: 'status is an HTTP status such as 429.' })
  @Min(100, { message: 'status is an HTTP status such as 429.' })
  @Max(599, { message: 'status is an HTTP status such as 429.' })
  status?: number;
}

/** A page of the request log, from where the one before it ended. */
export class ListRequestsDto extends RequestEndDto {
  @ApiPropertyOptional({ type: String, description: '`next` of the page before.' })
  @IsOptional()
  @Matches(/^\d{1,14}\.[0-9a-f-]{36}$/, { message: 'after is the "next" of the page before.' })
  after?: string;

  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: MOST_REQUESTS, default: 50 })
  @Transform(readNumber)
  @IsInt({ message: `limit is a whole number from 1 to ${MOST_REQUESTS}.` })
  @Min(1, { message: `limit is a whole number from 1 to ${MOST_REQUESTS}.` })
  @Max(MOST_REQUESTS, { message: `limit is a whole number from 1 to ${MOST_REQUESTS}.` })
  limit = 50;
}

export const EXPORT_DETAILS = ['days', 'requests'] as const;

export class ExportUsageDto extends RequestEndDto {
  @ApiPropertyOptional({
    enum: EXPORT_DETAILS,
    default: 'days',
    description:
      'Sums by day, key, model and source; or one line a request, as far as they are kept.',
  })
  @IsIn(EXPORT_DETAILS, { message: `detail is one of ${EXPORT_DETAILS.join(', ')}.` })
  detail: (typeof EXPORT_DETAILS)[number] = 'days';
}

/**
 * How the requests of a file ended.
 * @throws AppError invalid_request for sums, which are not kept by that
 */
export function endOf({ detail, outcome, status }: ExportUsageDto): {
  outcome?: RequestOutcome;
  status?: number;
} {
  if (detail === 'days' && (outcome !== undefined || status !== undefined)) {
    const message =
      'outcome and status are for detail=requests: sums by day do not tell them apart.';
    throw new AppError('invalid_request', message, {
      param: 'detail',
      details: { fields: { detail: [message] } },
    });
  }
  return { outcome, status };
}
