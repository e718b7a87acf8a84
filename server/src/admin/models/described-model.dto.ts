import { ApiProperty } from '@nestjs/swagger';
import { type CatalogueEntry } from '../../models/index.js';

const NANO = 1_000_000_000;

/** What is known of a model. */
export class DescribedModelDto {
  @ApiProperty({ description: 'The id, which may contain slashes.' })
  model!: string;

  @ApiProperty({ type: String, nullable: true })
  description!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Shown wherever it is chosen.' })
  notice!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'A page about the model.' })
  url!: string | null;

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

  static of(this: void, entry: CatalogueEntry): DescribedModelDto {
    return {
      model: entry.id,
      description: entry.description,
      notice: entry.notice,
      url: entry.url,
      contextWindow: entry.contextWindow,
      maxOutputTokens: entry.maxOutputTokens,
      knowledgeCutoff: entry.knowledgeCutoff,
      supportsReasoning: entry.supportsReasoning,
      supportsFunctionCalling: entry.supportsFunctionCalling,
      inputModalities: entry.inputModalities,
      outputModalities: entry.outputModalities,
    };
  }
}

/** What is known of a model, and what it costs. */
export class PricedModelDto extends DescribedModelDto {
  @ApiProperty({ description: 'Coins per million tokens.' })
  inputCostPerMillion!: number;

  @ApiProperty({ description: 'Coins per million tokens.' })
  outputCostPerMillion!: number;

  @ApiProperty({ description: 'Coins per million input tokens that the backend had cached.' })
  cachedInputCostPerMillion!: number;

  @ApiProperty({ type: Number, nullable: true, description: 'null: audio is billed by tokens.' })
  audioCostPerHour!: number | null;

  static override of(this: void, entry: CatalogueEntry): PricedModelDto {
    const { cachedInputPerMillion, audioPerHour } = entry.prices;
    return {
      ...DescribedModelDto.of(entry),
      inputCostPerMillion: entry.inputCostPerMillion,
      outputCostPerMillion: entry.outputCostPerMillion,
      cachedInputCostPerMillion: Number(cachedInputPerMillion) / NANO,
      audioCostPerHour: audioPerHour === null ? null : Number(audioPerHour) / NANO,
    };
  }
}
