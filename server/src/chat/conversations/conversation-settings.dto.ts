import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import {
  type ConversationSettings,
  REASONING_EFFORTS,
  type ReasoningEffort,
} from './conversation-settings.js';

export const LONGEST_SYSTEM_PROMPT = 32_000;
const MOST_OUTPUT = 10_000_000;
const TEMPERATURE = 'temperature is a number from 0 to 2, or null.';
const OUTPUT = `maxOutputTokens is a whole number from 1 to ${MOST_OUTPUT}, or null.`;

/** What is set for a conversation; null: whatever the model does by itself. All are sent at once. */
export class ConversationSettingsDto implements ConversationSettings {
  @ApiProperty({ type: String, nullable: true, maxLength: LONGEST_SYSTEM_PROMPT })
  @IsOptional()
  @IsString({ message: 'systemPrompt is a text, or null.' })
  @MaxLength(LONGEST_SYSTEM_PROMPT, {
    message: `The system prompt has at most ${LONGEST_SYSTEM_PROMPT} characters; shorten it.`,
  })
  systemPrompt: string | null = null;

  @ApiProperty({ type: Number, nullable: true, minimum: 0, maximum: 2 })
  @IsOptional()
  @IsNumber({ allowInfinity: false, allowNaN: false }, { message: TEMPERATURE })
  @Min(0, { message: TEMPERATURE })
  @Max(2, { message: TEMPERATURE })
  temperature: number | null = null;

  @ApiProperty({ type: Number, nullable: true, minimum: 1, maximum: MOST_OUTPUT })
  @IsOptional()
  @IsInt({ message: OUTPUT })
  @Min(1, { message: OUTPUT })
  @Max(MOST_OUTPUT, { message: OUTPUT })
  maxOutputTokens: number | null = null;

  @ApiProperty({ enum: REASONING_EFFORTS, nullable: true })
  @IsOptional()
  @IsIn(REASONING_EFFORTS, {
    message: `reasoningEffort is one of ${REASONING_EFFORTS.join(', ')}, or null.`,
  })
  reasoningEffort: ReasoningEffort | null = null;
}

/** These settings as a field of another body; without `IsObject` a list of them, or none, would do. */
export const AreSettings = () =>
  applyDecorators(
    IsObject({ message: 'settings is an object with what is set for a conversation.' }),
    ValidateNested(),
    Type(() => ConversationSettingsDto),
  );
