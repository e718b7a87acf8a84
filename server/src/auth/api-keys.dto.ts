import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsDate,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  NotContains,
} from 'class-validator';
import { type ApiKey } from './api-key.entity.js';
import { type CreatedKey } from './api-keys.service.js';

const MOST_MODELS = 100;
const MOST_OVERLAP_HOURS = 168;
const MODELS = `onlyModels is a list of 1 to ${MOST_MODELS} different names of models.`;
const OVERLAP = `overlapHours is a whole number from 0 to ${MOST_OVERLAP_HOURS}.`;
const TIME = 'expiresAt is a time such as 2027-01-31T12:00:00Z.';
const TIME_SHAPE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** A time with its zone, or a day, which begins in UTC; anything else is left for `IsDate` to refuse. */
const time = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && TIME_SHAPE.test(value) ? new Date(value) : value,
  );

export class CreateApiKeyDto {
  @ApiProperty({ description: 'What the key is for, in your words.', minLength: 1, maxLength: 200 })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  @IsString({ message: 'Give the key a name, so that you recognise it later.' })
  @Length(1, 200, { message: 'Give the key a name of 1 to 200 characters.' })
  @NotContains('\0', { message: 'name is text without NUL.' })
  name!: string;

  @ApiPropertyOptional({
    format: 'date-time',
    type: String,
    nullable: true,
    description: 'When the key stops working. Left out: never.',
  })
  @IsOptional()
  @time()
  @IsDate({ message: TIME })
  expiresAt?: Date | null;

  @ApiPropertyOptional({
    type: [String],
    nullable: true,
    description: 'The only models this key may use. Left out: all that its owner may.',
  })
  @IsOptional()
  @IsArray({ message: MODELS })
  @ArrayMinSize(1, { message: MODELS })
  @ArrayMaxSize(MOST_MODELS, { message: MODELS })
  @ArrayUnique({ message: MODELS })
  @IsString({ each: true, message: MODELS })
  @Length(1, 256, { each: true, message: MODELS })
  @NotContains('\0', { each: true, message: MODELS })
  onlyModels?: string[] | null;
}

export class RotateApiKeyDto {
  @ApiProperty({
    minimum: 0,
    maximum: MOST_OVERLAP_HOURS,
    description: 'How many hours the key before goes on working. 0: not at all.',
  })
  @IsInt({ message: OVERLAP })
  @Min(0, { message: OVERLAP })
  @Max(MOST_OVERLAP_HOURS, { message: OVERLAP })
  overlapHours!: number;

  @ApiPropertyOptional({
    format: 'date-time',
    type: String,
    description: 'When the new key stops working. Left out: when the key before would have.',
  })
  @IsOptional()
  @time()
  @IsDate({ message: TIME })
  expiresAt?: Date;
}

export class ApiKeyDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ description: 'First and last characters of the key.', example: 'sk_Ab3d…9xYz' })
  hint!: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time', type: String, nullable: true })
  lastUsedAt!: string | null;

  @ApiProperty({ format: 'date-time', type: String, nullable: true })
  revokedAt!: string | null;

  @ApiProperty({ format: 'date-time', type: String, nullable: true })
  expiresAt!: string | null;

  @ApiProperty({ type: [String], nullable: true, description: 'Null: all that its owner may use.' })
  onlyModels!: string[] | null;

  static from(this: void, apiKey: ApiKey): ApiKeyDto {
    return {
      id: apiKey.id,
      name: apiKey.name,
      hint: apiKey.hint,
      createdAt: apiKey.createdAt.toISOString(),
      lastUsedAt: apiKey.lastUsedAt?.toISOString() ?? null,
      revokedAt: apiKey.revokedAt?.toISOString() ?? null,
      expiresAt: apiKey.expiresAt?.toISOString() ?? null,
      onlyModels: apiKey.onlyModels,
    };
  }
}

export class ApiKeyListDto {
  @ApiProperty({ type: [ApiKeyDto] })
  keys!: ApiKeyDto[];
}

export class CreatedApiKeyDto {
  @ApiProperty({ type: ApiKeyDto })
  apiKey!: ApiKeyDto;

  @ApiProperty({ description: 'The key itself. It is shown only now.', example: 'sk_…' })
  key!: string;

  static of(this: void, { apiKey, key }: CreatedKey): CreatedApiKeyDto {
    return { apiKey: ApiKeyDto.from(apiKey), key };
  }
}
