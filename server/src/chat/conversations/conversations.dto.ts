import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { MessageDto } from '../messages/messages.dto.js';
import { ShortText } from './chat-texts.js';
import { AreSettings, ConversationSettingsDto } from './conversation-settings.dto.js';

const MOST_ROWS = 100;
export const LONGEST_TITLE = 200;
export const CONVERSATION_VIEWS = ['recent', 'pinned', 'archived'] as const;
export type ConversationView = (typeof CONVERSATION_VIEWS)[number];
const LIMIT = `limit is a whole number from 1 to ${MOST_ROWS}.`;

export class ListConversationsDto {
  @ApiPropertyOptional({
    enum: CONVERSATION_VIEWS,
    default: 'recent',
    description: 'recent: neither pinned nor archived; with folderId: all that is not archived.',
  })
  @IsIn(CONVERSATION_VIEWS, { message: `view is one of ${CONVERSATION_VIEWS.join(', ')}.` })
  view: ConversationView = 'recent';

  @ApiPropertyOptional({ type: String, format: 'uuid' })
  @IsOptional()
  @IsUUID('all', { message: 'folderId is the id of a folder of yours.' })
  folderId?: string;

  @ApiPropertyOptional({ type: String, description: '`nextCursor` of the page before.' })
  @IsOptional()
  @IsString({ message: 'cursor is what the page before gave.' })
  @MaxLength(100, { message: 'cursor is what the page before gave.' })
  cursor?: string;

  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: MOST_ROWS, default: 50 })
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,4}$/.test(value) ? Number(value) : value,
  )
  @IsInt({ message: LIMIT })
  @Min(1, { message: LIMIT })
  @Max(MOST_ROWS, { message: LIMIT })
  limit = 50;
}

/** A conversation as the list shows it. */
export class ConversationSummaryDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  title!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  folderId!: string | null;

  @ApiProperty()
  isPinned!: boolean;

  @ApiProperty()
  isArchived!: boolean;

  @ApiProperty({ description: 'An answer is being written in it.' })
  isAnswering!: boolean;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time', description: 'Of the last question or answer.' })
  updatedAt!: string;
}

export class ConversationPageDto {
  @ApiProperty({ type: [ConversationSummaryDto] })
  conversations!: ConversationSummaryDto[];

  @ApiProperty({ type: String, nullable: true, description: 'Null: this is the last page.' })
  nextCursor!: string | null;
}

export class ConversationDto extends ConversationSummaryDto {
  @ApiProperty({ type: String, nullable: true, description: 'The one chosen last.' })
  model!: string | null;

  @ApiProperty({ type: ConversationSettingsDto })
  settings!: ConversationSettingsDto;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The last message of the branch that is shown.',
  })
  currentMessageId!: string | null;

  @ApiProperty({ description: 'Coins of all its answers, as a decimal text.', example: '0.0125' })
  cost!: string;

  @ApiProperty({ description: 'Images were sent in it, on any of its branches.' })
  hasImages!: boolean;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'It is shared so.' })
  shareId!: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it will be deleted unless something is said in it; null: never.',
  })
  expiresAt!: string | null;
}

/** A conversation with the newest messages of the branch that is shown, oldest first. */
export class OpenConversationDto {
  @ApiProperty({ type: ConversationDto })
  conversation!: ConversationDto;

  @ApiProperty({ type: [MessageDto] })
  messages!: MessageDto[];

  @ApiProperty({ description: 'The branch has messages before these.' })
  hasEarlier!: boolean;
}

/** What is left out stays. */
export class UpdateConversationDto {
  @ApiPropertyOptional({ type: String, minLength: 1, maxLength: LONGEST_TITLE })
  @IsOptional()
  @ShortText('title', LONGEST_TITLE)
  title?: string;

  @ApiPropertyOptional({ type: Boolean })
  @IsOptional()
  @IsBoolean({ message: 'isPinned is true or false.' })
  isPinned?: boolean;

  @ApiPropertyOptional({ type: Boolean })
  @IsOptional()
  @IsBoolean({ message: 'isArchived is true or false.' })
  isArchived?: boolean;

  @ApiPropertyOptional({ type: String, format: 'uuid', nullable: true, description: 'Null: none.' })
  @IsOptional()
  @IsUUID('all', { message: 'folderId is the id of a folder of yours, or null.' })
  folderId?: string | null;

  @ApiPropertyOptional({ type: String, minLength: 1, maxLength: 256 })
  @IsOptional()
  @IsString({ message: 'model is the name of a model.' })
  @Length(1, 256, { message: 'model is the name of a model.' })
  model?: string;

  @ApiPropertyOptional({ type: ConversationSettingsDto })
  @IsOptional()
  @AreSettings()
  settings?: ConversationSettingsDto;

  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    description: 'Shows the branch this message is in, down to its newest end.',
  })
  @IsOptional()
  @IsUUID('all', { message: 'currentMessageId is the id of a message of the conversation.' })
  currentMessageId?: string;
}

export class ForkConversationDto {
  @ApiProperty({ format: 'uuid', description: 'The last message that is taken along.' })
  @IsUUID('all', { message: 'messageId is the id of a message of the conversation.' })
  messageId!: string;
}
