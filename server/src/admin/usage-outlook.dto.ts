import { ApiProperty } from '@nestjs/swagger';

export class MonthProjectionDto {
  @ApiProperty({ format: 'date-time', description: 'The month of `tz` that is not over.' })
  from!: string;

  @ApiProperty({ format: 'date-time', description: 'Not included.' })
  to!: string;

  @ApiProperty({ example: '812.5', description: 'Coins so far.' })
  spent!: string;

  @ApiProperty({
    example: '1250',
    description: 'Coins at the end, if the rest of it goes on at the pace of the last days.',
  })
  projected!: string;

  @ApiProperty({ description: 'How many days that pace is of: four weeks, or what there is.' })
  paceDays!: number;
}

export class PeopleGrowthDto {
  @ApiProperty({ enum: ['hour', 'day', 'month'] })
  bucket!: 'hour' | 'day' | 'month';

  @ApiProperty({ type: [String], description: 'In order: hours (ISO, UTC), local days or months.' })
  buckets!: string[];

  @ApiProperty({ description: 'People there were before the first bucket.' })
  before!: number;

  @ApiProperty({ type: [Number], description: 'Who came, by bucket.' })
  joined!: number[];
}

export class UsageOutlookDto {
  @ApiProperty({ type: MonthProjectionDto })
  month!: MonthProjectionDto;

  @ApiProperty({
    type: PeopleGrowthDto,
    nullable: true,
    description: 'Null where only some people, clients or requests are asked for.',
  })
  people!: PeopleGrowthDto | null;
}
