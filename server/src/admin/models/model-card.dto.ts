import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import {
  ACCESS_RULES,
  type AccessRule,
  AcknowledgementTextDto,
  type ModelStanding,
  ModelStandingDto,
} from '../../access/index.js';
import {
  type EndpointState,
  endpointStanding,
  MODEL_STATUSES,
  modelLoad,
  type ModelStatus,
  modelStatus,
  MOST_LOAD,
} from '../../models/index.js';

const NANO = 1_000_000_000;
const ACCESS = ['allowed', 'needs_ack', 'blocked'] as const;

/** A model as everybody may know it, and how the caller stands to it. */
export class ModelCardDto {
  @ApiProperty({ description: 'The id, which may contain slashes.' })
  model!: string;

  @ApiProperty({ type: String, nullable: true })
  description!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Shown wherever it is chosen.' })
  notice!: string | null;

  @ApiProperty({ enum: ACCESS, description: 'In the chat, now.' })
  access!: (typeof ACCESS)[number];

  @ApiProperty({ enum: [...ACCESS_RULES, 'key_limit'], description: 'The rule that decided.' })
  rule!: AccessRule;

  @ApiProperty({ description: 'Whose setting it is.', example: 'group staff' })
  scope!: string;

  @ApiProperty({ example: 'blocked: listed under model_access.blocked of group staff' })
  explanation!: string;

  @ApiProperty({
    type: AcknowledgementTextDto,
    nullable: true,
    description: 'Null where the rules ask for none.',
  })
  acknowledgement!: AcknowledgementTextDto | null;

  @ApiProperty({ description: 'Coins per million tokens.' })
  inputCostPerMillion!: number;

  @ApiProperty({ description: 'Coins per million tokens.' })
  outputCostPerMillion!: number;

  @ApiProperty({ description: 'Coins per million input tokens that the backend had cached.' })
  cachedInputCostPerMillion!: number;

  @ApiProperty({ type: Number, nullable: true, description: 'null: audio is billed by tokens.' })
  audioCostPerHour!: number | null;

  @ApiProperty({ type: Number, nullable: true, description: 'Tokens.' })
  contextWindow!: number | null;

  @ApiProperty({ type: Number, nullable: true, description: 'Tokens.' })
  maxOutputTokens!: number | null;

  @ApiProperty({ type: String, nullable: true, example: '2024-06' })
  knowledgeCutoff!: string | null;

  @ApiProperty()
  supportsReasoning!: boolean;

  @ApiProperty()
  supportsFunctionCalling!: boolean;

  @ApiProperty({ type: [String] })
  inputModalities!: readonly string[];

  @ApiProperty({ type: [String] })
  outputModalities!: readonly string[];

  @ApiProperty({ type: String, nullable: true, description: 'A page about the model.' })
  url!: string | null;

  @ApiProperty({ enum: MODEL_STATUSES })
  status!: ModelStatus;

  @ApiProperty({ description: 'Endpoints that are expected to work.' })
  healthyEndpoints!: number;

  @ApiProperty()
  endpoints!: number;

  @ApiProperty({
    type: Number,
    nullable: true,
    minimum: 0,
    maximum: MOST_LOAD,
    description: 'How busy it is: 0 nothing is under way, 4 one has to wait; null: not known.',
  })
  load!: number | null;

  static from(this: void, standing: ModelStanding, states: readonly EndpointState[]): ModelCardDto {
    const { entry } = standing;
    const { explanation, acknowledgement, description, notice } = ModelStandingDto.from(standing);
    const { cachedInputPerMillion, audioPerHour } = entry.prices;
    return {
      model: entry.id,
      description,
      notice,
      access: standing.access,
      rule: standing.decision.rule,
      scope: standing.decision.scope,
      explanation,
      acknowledgement,
      inputCostPerMillion: entry.inputCostPerMillion,
      outputCostPerMillion: entry.outputCostPerMillion,
      cachedInputCostPerMillion: Number(cachedInputPerMillion) / NANO,
      audioCostPerHour: audioPerHour === null ? null : Number(audioPerHour) / NANO,
      contextWindow: entry.contextWindow,
      maxOutputTokens: entry.maxOutputTokens,
      knowledgeCutoff: entry.knowledgeCutoff,
      supportsReasoning: entry.supportsReasoning,
      supportsFunctionCalling: entry.supportsFunctionCalling,
      inputModalities: entry.inputModalities,
      outputModalities: entry.outputModalities,
      url: entry.url,
      status: modelStatus(states),
      healthyEndpoints: states.filter((state) => endpointStanding(state) !== 'down').length,
      endpoints: states.length,
      load: modelLoad(states),
    };
  }
}

export class ModelCardListDto {
  @ApiProperty({ type: [ModelCardDto], description: 'In the order of the catalogue.' })
  models!: ModelCardDto[];
}

export class ModelRequestsDto {
  @ApiProperty({ description: 'An hour ("2026-11-21T10:00:00.000Z") or a day ("2026-11-21").' })
  key!: string;

  @ApiProperty()
  requests!: number;

  @ApiProperty()
  errors!: number;
}

export class EndpointAddressDto {
  @ApiProperty()
  url!: string;

  @ApiProperty({ enum: ['up', 'trial', 'down'] })
  status!: 'up' | 'trial' | 'down';
}

export class ModelPageDto extends ModelCardDto {
  @ApiProperty({ type: [ModelRequestsDto], description: 'Of everybody, the last 24 hours.' })
  hours!: ModelRequestsDto[];

  @ApiProperty({ type: [ModelRequestsDto], description: 'Of everybody, the last 30 days.' })
  days!: ModelRequestsDto[];

  @ApiProperty({
    type: [EndpointAddressDto],
    nullable: true,
    description: 'For engineers and administrators; null for others.',
  })
  addresses!: EndpointAddressDto[] | null;
}

export class ModelPageQueryDto {
  @ApiProperty({ required: false, example: 'Europe/Berlin', description: 'For whole days.' })
  @IsOptional()
  @IsString({ message: 'tz is an IANA time zone.' })
  @MaxLength(64, { message: 'tz is an IANA time zone.' })
  tz?: string;
}

export class ModelReadmeDto {
  @ApiProperty({ type: String, nullable: true, description: 'Markdown; null: it cannot be had.' })
  text!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Where it was read.' })
  source!: string | null;
}
