import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { ModelStandingDto } from '../../access/index.js';
import { RESOLUTION_STEPS, type ResolutionStep } from '../../models/index.js';

const OUTCOMES = ['found', 'nothing', 'not_reached', 'not_asked'] as const;
export const ASKERS = ['nobody', 'user', 'client'] as const;
export type Asker = (typeof ASKERS)[number];

export class ResolutionQueryDto {
  @ApiPropertyOptional({ type: String, maxLength: 256, description: 'As a request would name it.' })
  @IsOptional()
  @IsString({ message: 'model is one text.' })
  @MaxLength(256, { message: 'model has at most 256 characters.' })
  @Matches(/^\P{Cc}*$/u, { message: 'model has no control characters.' })
  model?: string;

  @ApiPropertyOptional({ enum: ASKERS, default: 'nobody', description: 'Who asks.' })
  @IsIn(ASKERS, { message: `asker is one of ${ASKERS.join(', ')}.` })
  asker: Asker = 'nobody';

  @ApiPropertyOptional({
    type: String,
    maxLength: 320,
    description: 'The e-mail address of the user, the name of the client.',
  })
  @IsOptional()
  @IsString({ message: 'name is one text.' })
  @MaxLength(320, { message: 'name has at most 320 characters.' })
  name?: string;
}

export class ResolutionStepDto {
  @ApiProperty({ enum: RESOLUTION_STEPS, enumName: 'ResolutionStepName' })
  step!: ResolutionStep['step'];

  @ApiProperty({ enum: OUTCOMES, enumName: 'ResolutionOutcome' })
  outcome!: ResolutionStep['outcome'];

  @ApiProperty({ type: String, nullable: true, description: 'What is set there; null: nothing.' })
  value!: string | null;
}

export class ResolvedPriceDto {
  @ApiProperty({ description: 'Coins per million tokens.' })
  input!: number;

  @ApiProperty({ description: 'Coins per million tokens.' })
  output!: number;

  @ApiProperty({ description: 'Coins per million tokens.' })
  cachedInput!: number;

  @ApiProperty({ type: Number, nullable: true })
  audioPerHour!: number | null;
}

export class ResolutionDto {
  @ApiProperty({ enum: ['model', 'unknown', 'no_default'] })
  result!: 'model' | 'unknown' | 'no_default';

  @ApiProperty({ type: String, nullable: true, description: 'What would answer.' })
  model!: string | null;

  @ApiProperty({ type: [ResolutionStepDto] })
  steps!: ResolutionStepDto[];

  @ApiProperty({ type: ModelStandingDto, nullable: true, description: 'Null: there is no model.' })
  standing!: ModelStandingDto | null;

  @ApiProperty({ type: ResolvedPriceDto, nullable: true })
  price!: ResolvedPriceDto | null;
}
