import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsObject, IsString, Matches, MaxLength, ValidateIf } from 'class-validator';
import {
  type FieldValue,
  type ModelRefresh,
  REFRESHED_FIELDS,
  type RefreshedField,
} from '../models/index.js';

const LONGEST_ID = 256;
const MODEL_RULE = `model is the id of a model, of at most ${LONGEST_ID} characters.`;
const VALUES_RULE = 'values is an object with the facts to put down.';

const VALUE = {
  oneOf: [
    { type: 'string' },
    { type: 'number' },
    { type: 'boolean' },
    { type: 'array', items: { type: 'string' } },
  ],
};

export class RefreshModelsDto {
  @ApiPropertyOptional({ maxLength: LONGEST_ID, description: 'Left out: all models.' })
  @ValidateIf((_object, value: unknown) => value !== undefined)
  @IsString({ message: MODEL_RULE })
  @MaxLength(LONGEST_ID, { message: MODEL_RULE })
  @Matches(/^\P{Cc}+$/u, { message: MODEL_RULE })
  model?: string;
}

export class AskedEndpointDto {
  @ApiProperty()
  id!: string;

  @ApiProperty({ description: 'Where it was asked.' })
  url!: string;

  @ApiProperty()
  latencyMs!: number;

  @ApiProperty({ type: String, nullable: true, description: 'null: it answered.' })
  problem!: string | null;
}

export class ModelProposalDto {
  @ApiProperty({ enum: REFRESHED_FIELDS, enumName: 'RefreshedField' })
  field!: RefreshedField;

  @ApiProperty({ ...VALUE, nullable: true, description: 'null: nothing is known so far.' })
  current!: FieldValue | null;

  @ApiProperty(VALUE)
  proposed!: FieldValue;

  @ApiProperty({ description: 'Address of the endpoint that says so.' })
  source!: string;
}

export class ModelRefreshDto {
  @ApiProperty()
  model!: string;

  @ApiProperty({
    enum: ['file', 'provider', 'fallback'],
    description:
      'provider: values can be applied; file: they are written into config.yaml by hand.',
  })
  describedIn!: 'file' | 'provider' | 'fallback';

  @ApiProperty({ type: [AskedEndpointDto] })
  endpoints!: AskedEndpointDto[];

  @ApiProperty({ type: [ModelProposalDto] })
  proposals!: ModelProposalDto[];

  @ApiProperty({ type: String, nullable: true, description: 'Lines for config.yaml.' })
  yaml!: string | null;

  static from(this: void, refresh: ModelRefresh): ModelRefreshDto {
    const { entry, describedIn, answers, proposals, yaml } = refresh;
    const endpoints = answers.map(({ endpoint: { id, url }, latencyMs, problem }) => ({
      id,
      url,
      latencyMs,
      problem,
    }));
    return { model: entry.id, describedIn, endpoints, proposals: [...proposals], yaml };
  }
}

export class ModelRefreshListDto {
  @ApiProperty({ type: [ModelRefreshDto] })
  models!: ModelRefreshDto[];
}

/** What is told of the values in documentation; `modelSettings` of providers are read the same way. */
export class ModelFactsDto {
  @ApiPropertyOptional({ maxLength: 2000 })
  description?: string;

  @ApiPropertyOptional({ minimum: 1, description: 'Tokens.' })
  contextWindow?: number;

  @ApiPropertyOptional({ minimum: 1, description: 'Tokens.' })
  maxOutputTokens?: number;

  @ApiPropertyOptional()
  supportsReasoning?: boolean;

  @ApiPropertyOptional()
  supportsFunctionCalling?: boolean;

  @ApiPropertyOptional({ type: [String] })
  inputModalities?: string[];

  @ApiPropertyOptional({ type: [String] })
  outputModalities?: string[];
}

export class ApplyModelFactsDto {
  @ApiProperty({ maxLength: LONGEST_ID, example: 'openai/gpt-4o' })
  @IsString({ message: MODEL_RULE })
  @MaxLength(LONGEST_ID, { message: MODEL_RULE })
  @Matches(/^\P{Cc}+$/u, { message: MODEL_RULE })
  model!: string;

  @ApiProperty({ type: ModelFactsDto })
  @IsObject({ message: VALUES_RULE })
  values!: ModelFactsDto;
}
