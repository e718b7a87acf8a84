import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { TrendKeysDto, UsageTrendDto } from '../usage/index.js';
import { OwnerFilterDto } from './usage.dto.js';
import { CoinsLeftDto } from './users.dto.js';

export const ROW_DIMENSIONS = ['user', 'client', 'model', 'key', 'endpoint'] as const;
export type RowDimension = (typeof ROW_DIMENSIONS)[number];

export class UsageRowsQueryDto extends IntersectionType(TrendKeysDto, OwnerFilterDto) {
  @ApiProperty({ enum: ROW_DIMENSIONS })
  @IsIn(ROW_DIMENSIONS, { message: `by is one of ${ROW_DIMENSIONS.join(', ')}.` })
  by!: RowDimension;
}

export class UsageRowDto extends UsageTrendDto {
  @ApiProperty({
    type: CoinsLeftDto,
    nullable: true,
    description: 'Coins for all models, of people and clients; null: nothing gives any.',
  })
  coins!: CoinsLeftDto | null;
}

export class UsageRowsDto {
  @ApiProperty({ type: [UsageRowDto], description: 'In the order of `of`.' })
  items!: UsageRowDto[];
}
