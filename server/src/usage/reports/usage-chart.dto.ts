import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { UsageChangeDto } from './usage-change.js';
import { ReportedPeriodDto, UsageSumsDto } from './usage.dto.js';
import { UsagePeriodDto } from './usage-query.dto.js';
import { USAGE_METRICS, type UsageMetric } from './usage-report.service.js';

export const CHART_BUCKETS = ['hour', 'day', 'month'] as const;
export type ChartBucket = (typeof CHART_BUCKETS)[number];

export class UsageChartQueryDto extends UsagePeriodDto {
  @ApiPropertyOptional({ enum: USAGE_METRICS, default: 'cost' })
  @IsIn(USAGE_METRICS, { message: `metric is one of ${USAGE_METRICS.join(', ')}.` })
  metric: UsageMetric = 'cost';
}

export class ModelSeriesDto {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'null: all other models together. Empty: models that do not exist.',
  })
  model!: string | null;

  @ApiProperty({ type: [Number], description: 'One for each of `buckets`; costs in coins.' })
  values!: number[];
}

/** All that a chart of usage over time shows, and the figures above it. */
export class UsageChartDto {
  @ApiProperty({ type: ReportedPeriodDto })
  period!: ReportedPeriodDto;

  @ApiProperty({ type: UsageSumsDto })
  totals!: UsageSumsDto;

  @ApiProperty({ type: UsageSumsDto, description: 'Of the period of the same length before.' })
  previous!: UsageSumsDto;

  @ApiProperty({ type: UsageChangeDto })
  change!: UsageChangeDto;

  @ApiProperty({ enum: USAGE_METRICS })
  metric!: UsageMetric;

  @ApiProperty({ enum: CHART_BUCKETS, description: 'As fits the length of the period.' })
  bucket!: ChartBucket;

  @ApiProperty({
    type: [String],
    description: 'In order, empty ones too: hours (ISO, UTC), local days or local months.',
  })
  buckets!: string[];

  @ApiProperty({
    type: [ModelSeriesDto],
    description: 'The five models that have most, and all others together if there are any.',
  })
  series!: ModelSeriesDto[];

  @ApiProperty({ description: 'How many models are counted together.' })
  otherModels!: number;

  @ApiProperty({
    type: [Number],
    description: 'The metric by weekday and local hour: 168, from Monday at 0.',
  })
  week!: number[];
}
