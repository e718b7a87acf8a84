import { ApiProperty } from '@nestjs/swagger';
import { type CatalogueEntry, MODEL_STATUSES, type ModelStatus } from '../models/index.js';

const NANO = 1_000_000_000;

export class V1EndpointCountsDto {
  @ApiProperty()
  total!: number;

  @ApiProperty({ description: 'Those that requests are sent to.' })
  healthy!: number;
}

/** A model and how it fares. */
export interface ListedModel {
  readonly entry: CatalogueEntry;
  readonly status: ModelStatus;
  /** How many of its endpoints are expected to work. */
  readonly working: number;
}

/** OpenAI's model object, with what Lumen knows beside it. */
export class V1ModelDto {
  @ApiProperty()
  id!: string;

  @ApiProperty({ enum: ['model'] })
  object!: 'model';

  @ApiProperty({ description: 'Seconds since 1970.' })
  created!: number;

  @ApiProperty()
  owned_by!: string;

  @ApiProperty({ type: String, nullable: true })
  description!: string | null;

  @ApiProperty({ type: Number, nullable: true, description: 'Tokens.' })
  context_window!: number | null;

  @ApiProperty({ type: Number, nullable: true, description: 'Tokens.' })
  max_output_tokens!: number | null;

  @ApiProperty({ type: Number, nullable: true, description: 'What vLLM calls `context_window`.' })
  max_model_len!: number | null;

  @ApiProperty({ description: 'Coins per million input tokens.' })
  input_cost_per_million!: number;

  @ApiProperty({ description: 'Coins per million output tokens.' })
  output_cost_per_million!: number;

  @ApiProperty({ description: 'Coins per million input tokens that the backend had cached.' })
  cached_input_cost_per_million!: number;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Coins per hour of audio; null: audio is billed by tokens.',
  })
  audio_cost_per_hour!: number | null;

  @ApiProperty({ type: [String] })
  input_modalities!: readonly string[];

  @ApiProperty({ type: [String] })
  output_modalities!: readonly string[];

  @ApiProperty({
    enum: MODEL_STATUSES,
    description:
      'All of its endpoints work, some, or none; one that was never asked counts as working.',
  })
  status!: ModelStatus;

  @ApiProperty({ type: V1EndpointCountsDto })
  endpoints!: V1EndpointCountsDto;

  static from(this: void, { entry, status, working }: ListedModel): V1ModelDto {
    const { audioPerHour, cachedInputPerMillion } = entry.prices;
    return {
      id: entry.id,
      object: 'model',
      created: 0,
      owned_by: 'lumen',
      description: entry.description,
      context_window: entry.contextWindow,
      max_output_tokens: entry.maxOutputTokens,
      max_model_len: entry.contextWindow,
      input_cost_per_million: entry.inputCostPerMillion,
      output_cost_per_million: entry.outputCostPerMillion,
      cached_input_cost_per_million: Number(cachedInputPerMillion) / NANO,
      audio_cost_per_hour: audioPerHour === null ? null : Number(audioPerHour) / NANO,
      input_modalities: entry.inputModalities,
      output_modalities: entry.outputModalities,
      status,
      endpoints: { total: entry.endpoints.length, healthy: working },
    };
  }
}

export class V1ModelListDto {
  @ApiProperty({ enum: ['list'] })
  object!: 'list';

  @ApiProperty({ type: [V1ModelDto] })
  data!: V1ModelDto[];
}
