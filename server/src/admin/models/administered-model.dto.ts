import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { pageOf, pageQueryOf } from '../../infrastructure/http/page-query.dto.js';
import {
  type CatalogueEntry,
  type DescribedIn,
  type DescribedPlace,
  type EndpointState,
  endpointStanding,
  MODEL_STATUSES,
  type ModelStatus,
  modelStatus,
} from '../../models/index.js';

const NANO = 1_000_000_000;
const SOURCES = ['file', 'provider', 'fallback'] as const;
const STATES = ['enabled', 'disabled'] as const;

export class ListAdministeredModelsDto extends pageQueryOf([
  'model',
  'source',
  'input',
  'output',
  'context',
]) {
  @ApiPropertyOptional({ enum: SOURCES, description: 'Only models described there.' })
  @IsOptional()
  @IsIn(SOURCES, { message: `source is one of ${SOURCES.join(', ')}.` })
  source?: DescribedIn;

  @ApiPropertyOptional({ enum: STATES })
  @IsOptional()
  @IsIn(STATES, { message: `state is one of ${STATES.join(', ')}.` })
  state?: (typeof STATES)[number];
}

export class AdministeredEndpointDto {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  url!: string;

  @ApiProperty({ description: 'The name the backend knows the model by.' })
  upstreamModel!: string;

  @ApiProperty()
  weight!: number;

  @ApiProperty({ type: Number, nullable: true, description: 'null: no limit.' })
  maxConcurrent!: number | null;

  @ApiProperty({ enum: ['up', 'trial', 'down'] })
  status!: 'up' | 'trial' | 'down';
}

export class AdministeredModelDto {
  @ApiProperty()
  model!: string;

  @ApiProperty({ type: String, nullable: true })
  description!: string | null;

  @ApiProperty({ type: String, nullable: true })
  notice!: string | null;

  @ApiProperty({ enum: SOURCES, description: 'Where it is described, and changed.' })
  source!: DescribedIn;

  @ApiProperty({ type: String, nullable: true, description: 'Of a model of a provider.' })
  providerId!: string | null;

  @ApiProperty()
  isDisabled!: boolean;

  @ApiProperty({ description: 'Coins per million tokens.' })
  inputCostPerMillion!: number;

  @ApiProperty({ description: 'Coins per million tokens.' })
  outputCostPerMillion!: number;

  @ApiProperty({ description: 'Coins per million input tokens that the backend had cached.' })
  cachedInputCostPerMillion!: number;

  @ApiProperty({ type: Number, nullable: true })
  audioCostPerHour!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  contextWindow!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  maxOutputTokens!: number | null;

  @ApiProperty({ type: String, nullable: true })
  knowledgeCutoff!: string | null;

  @ApiProperty()
  supportsReasoning!: boolean;

  @ApiProperty()
  supportsFunctionCalling!: boolean;

  @ApiProperty({ type: [String] })
  inputModalities!: readonly string[];

  @ApiProperty({ type: [String] })
  outputModalities!: readonly string[];

  @ApiProperty({ type: String, nullable: true, description: 'null: the defaults decide.' })
  access!: string | null;

  @ApiProperty()
  needsAck!: boolean;

  @ApiProperty()
  routing!: string;

  @ApiProperty({ type: [String] })
  fallbacks!: readonly string[];

  @ApiProperty({ enum: MODEL_STATUSES })
  status!: ModelStatus;

  @ApiProperty({ type: [AdministeredEndpointDto] })
  endpoints!: AdministeredEndpointDto[];

  static from(
    this: void,
    entry: CatalogueEntry,
    place: DescribedPlace | undefined,
    states: readonly EndpointState[],
  ): AdministeredModelDto {
    const { cachedInputPerMillion, audioPerHour } = entry.prices;
    return {
      model: entry.id,
      description: entry.description,
      notice: entry.notice,
      source: place?.describedIn ?? 'fallback',
      providerId: place?.providerId ?? null,
      isDisabled: entry.isDisabled,
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
      access: entry.access,
      needsAck: entry.needsAck,
      routing: entry.routing.strategy,
      fallbacks: entry.routing.fallbacks,
      status: modelStatus(states),
      endpoints: states.map(endpointOf),
    };
  }
}

function endpointOf(state: EndpointState): AdministeredEndpointDto {
  const { id, url, upstreamModel, weight, maxConcurrent } = state.endpoint;
  return { id, url, upstreamModel, weight, maxConcurrent, status: endpointStanding(state) };
}

export class AdministeredModelPageDto extends pageOf(AdministeredModelDto) {}
