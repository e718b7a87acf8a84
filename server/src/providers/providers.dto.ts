import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type ProviderModelSettings } from './provider-model.js';
import { PROVIDER_TYPES, type ProviderType } from './provider.entity.js';

export class ProviderDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ description: 'The part of its models’ ids before the slash.' })
  slug!: string;

  @ApiProperty({ type: [String] })
  models!: string[];

  @ApiProperty()
  isDefault!: boolean;

  @ApiProperty()
  isEnabled!: boolean;
}

export class ProviderListDto {
  @ApiProperty({ type: [ProviderDto] })
  providers!: ProviderDto[];
}

export class ProviderModelDto {
  @ApiProperty({ description: 'What requests name.', example: 'openai/gpt-4o' })
  id!: string;

  @ApiProperty({ example: 'gpt-4o' })
  model!: string;

  @ApiProperty({ description: 'The name of the provider.' })
  provider!: string;

  @ApiProperty()
  providerSlug!: string;

  @ApiProperty({ format: 'uuid' })
  providerId!: string;

  @ApiProperty({ description: 'Its provider is the default one.' })
  isDefault!: boolean;

  @ApiProperty({ description: 'false: nobody said what it costs, so it costs nothing.' })
  isPriced!: boolean;

  @ApiProperty({ description: 'Coins per million input tokens.' })
  inputCostPerMillion!: number;

  @ApiProperty({ description: 'Coins per million output tokens.' })
  outputCostPerMillion!: number;

  @ApiProperty({ type: Number, nullable: true, description: 'Tokens.' })
  contextWindow!: number | null;

  @ApiProperty({ type: Number, nullable: true, description: 'Tokens.' })
  maxOutputTokens!: number | null;
}

export class ProviderModelListDto {
  @ApiProperty({ type: [ProviderModelDto] })
  models!: ProviderModelDto[];
}

export class ProviderDetailDto extends ProviderDto {
  @ApiProperty({ enum: PROVIDER_TYPES })
  type!: ProviderType;

  @ApiProperty()
  baseUrl!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'sk-abc12345...xyz9',
    description: 'Masked. null: there is none, or it cannot be read (see keyState).',
  })
  apiKey!: string | null;

  @ApiProperty({
    enum: ['set', 'none', 'unreadable'],
    description: 'unreadable: app.encryption_key was changed since it was given.',
  })
  keyState!: 'set' | 'none' | 'unreadable';

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'object' },
    description: 'By model; only those that have some.',
  })
  modelSettings!: Record<string, ProviderModelSettings>;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class ProviderDetailListDto {
  @ApiProperty({ type: [ProviderDetailDto] })
  providers!: ProviderDetailDto[];
}

export class BackendModelListDto {
  @ApiProperty({ type: [String], nullable: true, description: 'null: the backend does not say.' })
  models!: string[] | null;

  @ApiPropertyOptional({ description: 'Why not.' })
  error?: string;
}

export class ProviderTestResultDto {
  @ApiProperty()
  ok!: boolean;

  @ApiProperty()
  latencyMs!: number;

  @ApiProperty({ description: 'The status of the backend’s answer; 0: there was none.' })
  status!: number;

  @ApiPropertyOptional({ maxLength: 120, description: 'How the reply begins.' })
  sample?: string;

  @ApiPropertyOptional()
  error?: string;

  @ApiPropertyOptional({ description: 'Of a streamed reply: until its first text.' })
  firstTokenMs?: number;

  @ApiPropertyOptional({ description: 'Pieces of text a second after the first one.' })
  tokensPerSecond?: number;
}
