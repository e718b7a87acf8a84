import { ApiProperty } from '@nestjs/swagger';
import { type CatalogueEntry } from '../models/index.js';

export class ChatModelDto {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ type: String, nullable: true })
  description!: string | null;

  @ApiProperty({ description: 'Coins.' })
  inputCostPerMillion!: number;

  @ApiProperty({ description: 'Coins.' })
  outputCostPerMillion!: number;

  @ApiProperty({ type: Number, nullable: true, description: 'Tokens.' })
  contextWindow!: number | null;

  @ApiProperty({ type: Number, nullable: true, description: 'Tokens.' })
  maxOutputTokens!: number | null;

  @ApiProperty()
  reasoning!: boolean;

  @ApiProperty()
  functionCalling!: boolean;

  @ApiProperty({ type: [String] })
  inputModalities!: readonly string[];

  @ApiProperty({ enum: ['ok', 'degraded', 'down'] })
  status!: 'ok' | 'degraded' | 'down';

  static from(this: void, entry: CatalogueEntry): ChatModelDto {
    return {
      id: entry.id,
      name: entry.id,
      description: entry.description,
      inputCostPerMillion: entry.inputCostPerMillion,
      outputCostPerMillion: entry.outputCostPerMillion,
      contextWindow: entry.contextWindow,
      maxOutputTokens: entry.maxOutputTokens,
      reasoning: entry.supportsReasoning,
      functionCalling: entry.supportsFunctionCalling,
      inputModalities: entry.inputModalities,
      status: entry.endpoints.length > 0 ? 'ok' : 'down',
    };
  }
}

export class ChatModelListDto {
  @ApiProperty({ type: [ChatModelDto] })
  models!: ChatModelDto[];

  @ApiProperty({ type: String, nullable: true, description: 'The one to start with.' })
  defaultModel!: string | null;
}
