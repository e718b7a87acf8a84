import { ApiProperty } from '@nestjs/swagger';
import { type CatalogueEntry } from '../models/index.js';

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

  @ApiProperty({ description: 'Coins per million input tokens.' })
  input_cost_per_million!: number;

  @ApiProperty({ description: 'Coins per million output tokens.' })
  output_cost_per_million!: number;

  @ApiProperty({ type: [String] })
  input_modalities!: readonly string[];

  @ApiProperty({ type: [String] })
  output_modalities!: readonly string[];

  static from(this: void, entry: CatalogueEntry): V1ModelDto {
    return {
      id: entry.id,
      object: 'model',
      created: 0,
      owned_by: 'lumen',
      description: entry.description,
      context_window: entry.contextWindow,
      max_output_tokens: entry.maxOutputTokens,
      input_cost_per_million: entry.inputCostPerMillion,
      output_cost_per_million: entry.outputCostPerMillion,
      input_modalities: entry.inputModalities,
      output_modalities: entry.outputModalities,
    };
  }
}

export class V1ModelListDto {
  @ApiProperty({ enum: ['list'] })
  object!: 'list';

  @ApiProperty({ type: [V1ModelDto] })
  data!: V1ModelDto[];
}
