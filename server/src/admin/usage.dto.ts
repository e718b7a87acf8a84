import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { pageQueryOf } from '../infrastructure/http/page-query.dto.js';
import { IdFilter, TextFilter } from '../infrastructure/http/query-filters.js';
import {
  ExportUsageDto,
  KeyedUsageDto,
  ListRequestsDto,
  LoggedRequestDto,
  ReportedPeriodDto,
  TIME_BUCKETS,
  type TimeBucket,
  USAGE_METRICS,
  UsageChangeDto,
  UsageChartDto,
  UsageChartQueryDto,
  UsagePeriodDto,
  UsageSumsDto,
} from '../usage/index.js';

export const USAGE_DIMENSIONS = [
  'user',
  'group',
  'client',
  'model',
  'key',
  'endpoint',
  'source',
] as const;
export type AdminUsageDimension = (typeof USAGE_DIMENSIONS)[number];

const SERIES = [...TIME_BUCKETS, 'none'] as const;

/** Whose usage; one of these at most. */
export class OwnerFilterDto {
  @IdFilter('user')
  user?: string;

  @IdFilter('client')
  client?: string;

  @TextFilter('group', 128)
  group?: string;

  @TextFilter('endpoint', 512)
  endpoint?: string;
}

/** Which requests of whom, in which time. */
export class UsageFilterQueryDto extends IntersectionType(UsagePeriodDto, OwnerFilterDto) {}

export class AdminUsageQueryDto extends IntersectionType(
  UsagePeriodDto,
  OwnerFilterDto,
  pageQueryOf(USAGE_METRICS, 'desc'),
) {
  @ApiPropertyOptional({ enum: USAGE_DIMENSIONS, default: 'user' })
  @IsIn(USAGE_DIMENSIONS, { message: `by is one of ${USAGE_DIMENSIONS.join(', ')}.` })
  by: AdminUsageDimension = 'user';

  @ApiPropertyOptional({
    enum: SERIES,
    default: 'day',
    description: 'none: only totals and items, without the period before; quicker for many people.',
  })
  @IsIn(SERIES, { message: `series is one of ${SERIES.join(', ')}.` })
  series: TimeBucket | 'none' = 'day';
}

export class AdminUsageChartQueryDto extends IntersectionType(UsageChartQueryDto, OwnerFilterDto) {}

export class UsageSubjectDto {
  @ApiProperty({ enum: ['user', 'client', 'group'] })
  kind!: 'user' | 'client' | 'group';

  @ApiProperty({ description: 'An id, or the name of a group.' })
  id!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Address of a person, name of a client or group; null: it is gone.',
  })
  name!: string | null;
}

export class AdminUsageChartDto extends UsageChartDto {
  @ApiProperty({ type: UsageSubjectDto, nullable: true, description: 'Whose; null: everybody’s.' })
  subject!: UsageSubjectDto | null;
}

export class UsagePeopleQueryDto extends IntersectionType(UsagePeriodDto, OwnerFilterDto) {}

export class UsagePeopleDto {
  @ApiProperty({ description: 'People with at least one request in the period.' })
  active!: number;

  @ApiProperty({ description: 'In the period of the same length before.' })
  previous!: number;

  @ApiProperty({ description: 'People who may sign in, whether they did or not.' })
  total!: number;
}

export class AdminRequestsQueryDto extends IntersectionType(ListRequestsDto, OwnerFilterDto) {}

export class AdminUsageExportQueryDto extends IntersectionType(ExportUsageDto, OwnerFilterDto) {}

export class NamedUsageDto extends KeyedUsageDto {
  @ApiProperty({
    type: String,
    nullable: true,
    description:
      'Address of a person, name of a client or key; null: it is gone, or there is none.',
  })
  name!: string | null;
}

export class AdminUsageDto {
  @ApiProperty({ type: ReportedPeriodDto })
  period!: ReportedPeriodDto;

  @ApiProperty({ type: UsageSumsDto })
  totals!: UsageSumsDto;

  @ApiProperty({
    type: UsageSumsDto,
    nullable: true,
    description: 'Of the period of the same length before; null with series=none.',
  })
  previous!: UsageSumsDto | null;

  @ApiProperty({ type: UsageChangeDto, nullable: true, description: 'Null with series=none.' })
  change!: UsageChangeDto | null;

  @ApiProperty({ type: [KeyedUsageDto] })
  series!: KeyedUsageDto[];

  @ApiProperty({ enum: USAGE_DIMENSIONS })
  by!: AdminUsageDimension;

  @ApiProperty({ type: [NamedUsageDto] })
  items!: NamedUsageDto[];

  @ApiProperty({ description: 'How many there are on all pages.' })
  total!: number;

  @ApiProperty()
  page!: number;

  @ApiProperty()
  pageSize!: number;
}

export class AdminLoggedRequestDto extends LoggedRequestDto {
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  userId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  userEmail!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  clientId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  clientName!: string | null;

  @ApiProperty({ type: String, nullable: true })
  endpoint!: string | null;
}

export class AdminRequestPageDto {
  @ApiProperty({ type: [AdminLoggedRequestDto], description: 'The latest first.' })
  items!: AdminLoggedRequestDto[];

  @ApiProperty({ type: String, nullable: true, description: '`after` of the next page.' })
  next!: string | null;
}
