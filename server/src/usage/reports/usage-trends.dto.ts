import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsString,
  Matches,
  MaxLength,
} from 'class-validator';
import { UsageChartQueryDto } from './usage-chart.dto.js';

export const MOST_TRENDS = 25;

const asList = ({ value }: { value: unknown }): unknown =>
  value === undefined || Array.isArray(value) ? value : [value];

/** Those of a table whose trends are wanted: `?of=one&of=other`. */
export class TrendKeysDto extends UsageChartQueryDto {
  @ApiProperty({ type: [String], maxItems: MOST_TRENDS, description: 'Keys of the rows.' })
  @Transform(asList)
  @IsArray({ message: 'of names at least one row.' })
  @ArrayMinSize(1, { message: 'of names at least one row.' })
  @ArrayMaxSize(MOST_TRENDS, { message: `of names at most ${MOST_TRENDS} rows.` })
  @IsString({ each: true, message: 'of is one text or several.' })
  @MaxLength(512, { each: true, message: 'of has at most 512 characters each.' })
  @Matches(/^\P{Cc}*$/u, { each: true, message: 'of has no control characters.' })
  of!: string[];
}

export const OWN_TRENDS = ['model', 'source', 'key'] as const;

export class OwnTrendsQueryDto extends TrendKeysDto {
  @ApiProperty({ enum: OWN_TRENDS })
  @IsIn(OWN_TRENDS, { message: `by is one of ${OWN_TRENDS.join(', ')}.` })
  by!: (typeof OWN_TRENDS)[number];
}

export class UsageTrendDto {
  @ApiProperty()
  key!: string;

  @ApiProperty({
    type: [Number],
    nullable: true,
    description:
      'One amount for each hour of two days or day (UTC) of more, in order; costs in coins. Null: not known without reading everybody’s.',
  })
  trend!: number[] | null;
}

export class UsageTrendsDto {
  @ApiProperty({ type: [UsageTrendDto], description: 'In the order of `of`.' })
  items!: UsageTrendDto[];
}
