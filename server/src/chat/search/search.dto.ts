import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  IsIn,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  MaxLength,
} from 'class-validator';
import { ConversationSummaryDto } from '../conversations/conversations.dto.js';

const LONGEST_QUERY = 200;
export const SEARCH_PLACES = ['active', 'archived', 'all'] as const;
const QUERY = `q is a text of 1 to ${LONGEST_QUERY} characters.`;

/** Of four-digit years, with a time and a zone: neither is to be guessed. */
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?Z$/;
const SINCE = 'since is a time such as 2026-01-01T00:00:00Z.';

export class SearchChatsDto {
  @ApiProperty({ minLength: 1, maxLength: LONGEST_QUERY, description: 'Words; all must be there.' })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  @IsString({ message: QUERY })
  @Length(1, LONGEST_QUERY, { message: QUERY })
  q!: string;

  @ApiPropertyOptional({ enum: SEARCH_PLACES, default: 'active' })
  @IsIn(SEARCH_PLACES, { message: `in is one of ${SEARCH_PLACES.join(', ')}.` })
  in: (typeof SEARCH_PLACES)[number] = 'active';

  @ApiPropertyOptional({ enum: ['true'], description: 'Only those that are pinned.' })
  @IsOptional()
  @IsIn(['true'], { message: 'isPinned is true, or left out.' })
  isPinned?: 'true';

  @ApiPropertyOptional({ type: String, format: 'uuid' })
  @IsOptional()
  @IsUUID('all', { message: 'folderId is the id of a folder of yours.' })
  folderId?: string;

  @ApiPropertyOptional({ type: String, description: 'Only conversations in which it answered.' })
  @IsOptional()
  @IsString({ message: 'model is the name of a model.' })
  @Length(1, 256, { message: 'model is the name of a model.' })
  model?: string;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    description: 'Only conversations in which something was said since, and messages since.',
  })
  @IsOptional()
  @Matches(TIME, { message: SINCE })
  @IsISO8601({ strict: true }, { message: SINCE })
  since?: string;

  @ApiPropertyOptional({ type: String, description: '`nextCursor` of the page before.' })
  @IsOptional()
  @IsString({ message: 'cursor is what the page before gave.' })
  @MaxLength(200, { message: 'cursor is what the page before gave.' })
  cursor?: string;
}

export class SnippetPartDto {
  @ApiProperty()
  text!: string;

  @ApiProperty({ description: 'It is what was looked for.' })
  isMatch!: boolean;
}

export class SearchHitDto {
  @ApiProperty({ type: ConversationSummaryDto })
  conversation!: ConversationSummaryDto;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'Where it is; null: in the title.',
  })
  messageId!: string | null;

  @ApiProperty({ type: [SnippetPartDto], description: 'Plain text around what was found.' })
  snippet!: SnippetPartDto[];
}

export class SearchResultDto {
  @ApiProperty({ type: [SearchHitDto], description: 'Titles first, then messages, newest first.' })
  hits!: SearchHitDto[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}
