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
import { PricedModelDto } from './described-model.dto.js';

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

export class AdministeredModelDto extends PricedModelDto {
  @ApiProperty({ enum: SOURCES, description: 'Where it is described, and changed.' })
  source!: DescribedIn;

  @ApiProperty({ type: String, nullable: true, description: 'Of a model of a provider.' })
  providerId!: string | null;

  @ApiProperty()
  isDisabled!: boolean;

  @ApiProperty({ type: String, nullable: true, description: 'null: the defaults decide.' })
  access!: string | null;

  @ApiProperty()
  needsAck!: boolean;

  @ApiProperty({ type: String, nullable: true, description: 'null: that of the defaults.' })
  ackMessage!: string | null;

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
    return {
      ...PricedModelDto.of(entry),
      source: place?.describedIn ?? 'fallback',
      providerId: place?.providerId ?? null,
      isDisabled: entry.isDisabled,
      access: entry.access,
      needsAck: entry.needsAck,
      ackMessage: entry.ackMessage,
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
