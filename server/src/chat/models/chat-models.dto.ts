import { ApiProperty } from '@nestjs/swagger';
import {
  type EndpointState,
  MODEL_STATUSES,
  modelLoad,
  MOST_LOAD,
  type ModelStatus,
  modelStatus,
} from '../../models/index.js';
import { type ModelStanding } from '../../proxy/index.js';

export class ChatAcknowledgementDto {
  @ApiProperty({ description: 'What is shown, and agreed to by POST /api/acknowledgements.' })
  text!: string;

  @ApiProperty({ description: 'Of the text that is shown; sent back with the agreement.' })
  textHash!: string;
}

export class ChatModelDto {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ type: String, nullable: true })
  description!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Shown wherever it is chosen.' })
  notice!: string | null;

  @ApiProperty({ enum: ['allowed', 'needs_ack'] })
  access!: 'allowed' | 'needs_ack';

  @ApiProperty({
    type: ChatAcknowledgementDto,
    nullable: true,
    description: 'What has to be agreed to before the first use; null when nothing has.',
  })
  acknowledgement!: ChatAcknowledgementDto | null;

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

  @ApiProperty({ type: [String] })
  outputModalities!: readonly string[];

  @ApiProperty({ type: String, nullable: true, description: 'A page about the model.' })
  url!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '2024-06' })
  knowledgeCutoff!: string | null;

  @ApiProperty({ enum: MODEL_STATUSES })
  status!: ModelStatus;

  @ApiProperty({
    type: Number,
    nullable: true,
    minimum: 0,
    maximum: MOST_LOAD,
    description: 'How busy it is: 0 nothing is under way, 4 one has to wait; null: not known.',
  })
  load!: number | null;

  static from(
    this: void,
    { entry, access, text }: ModelStanding,
    states: readonly EndpointState[],
  ): ChatModelDto {
    const isAsked = access === 'needs_ack' && text !== null;
    return {
      id: entry.id,
      name: entry.id,
      description: entry.description,
      notice: entry.notice,
      access: isAsked ? 'needs_ack' : 'allowed',
      acknowledgement: isAsked ? { text: text.text, textHash: text.hash } : null,
      inputCostPerMillion: entry.inputCostPerMillion,
      outputCostPerMillion: entry.outputCostPerMillion,
      contextWindow: entry.contextWindow,
      maxOutputTokens: entry.maxOutputTokens,
      reasoning: entry.supportsReasoning,
      functionCalling: entry.supportsFunctionCalling,
      inputModalities: entry.inputModalities,
      outputModalities: entry.outputModalities,
      url: entry.url,
      knowledgeCutoff: entry.knowledgeCutoff,
      status: modelStatus(states),
      load: modelLoad(states),
    };
  }
}

export class ChatModelListDto {
  @ApiProperty({ type: [ChatModelDto] })
  models!: ChatModelDto[];

  @ApiProperty({ type: String, nullable: true, description: 'The one to start with.' })
  defaultModel!: string | null;
}
