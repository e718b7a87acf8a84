import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { MODEL_STATUSES, type ModelStatus } from '../models/index.js';
import { UsageSumsDto } from '../usage/index.js';

export class OverviewQueryDto {
  @ApiPropertyOptional({ type: String, maxLength: 64, default: 'UTC', example: 'Europe/Berlin' })
  @IsOptional()
  @IsString({ message: 'tz is an IANA time zone such as Europe/Berlin.' })
  @MaxLength(64, { message: 'tz is an IANA time zone such as Europe/Berlin.' })
  tz?: string;
}

export class TroubledModelDto {
  @ApiProperty()
  model!: string;

  @ApiProperty({ enum: MODEL_STATUSES })
  status!: ModelStatus;

  @ApiProperty({ description: 'Endpoints that work.' })
  working!: number;

  @ApiProperty()
  endpoints!: number;
}

export class FailingModelDto {
  @ApiProperty({ description: 'Empty: models that do not exist.' })
  model!: string;

  @ApiProperty({ description: 'Requests in the last 24 hours.' })
  requests!: number;

  @ApiProperty({ description: 'Those that failed or were refused.' })
  errors!: number;
}

/** What an administrator looks at first. */
export class OverviewDto {
  @ApiProperty({ type: UsageSumsDto, description: 'Of the local day, up to now.' })
  today!: UsageSumsDto;

  @ApiProperty({ type: UsageSumsDto, description: 'Of the day before, up to the same hour.' })
  yesterday!: UsageSumsDto;

  @ApiProperty({ description: 'People with a request today.' })
  peopleToday!: number;

  @ApiProperty({ description: 'People with a request yesterday, up to the same hour.' })
  peopleYesterday!: number;

  @ApiProperty({ description: 'Models that are not disabled.' })
  models!: number;

  @ApiProperty({ type: [TroubledModelDto], description: 'Degraded or down, as known here.' })
  troubled!: TroubledModelDto[];

  @ApiProperty({ type: [FailingModelDto], description: 'Of the last 24 hours, the worst first.' })
  failing!: FailingModelDto[];
}
