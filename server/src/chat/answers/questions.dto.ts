import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  MaxLength,
} from 'class-validator';
import {
  AreSettings,
  ConversationSettingsDto,
} from '../conversations/conversation-settings.dto.js';
import { ConversationDto } from '../conversations/conversations.dto.js';
import { MessageDto } from '../messages/messages.dto.js';

const MOST_MODELS = 2;
const LONGEST_QUESTION = 1_000_000;
const MOST_ATTACHMENTS = 100;
const MODELS = `models is a list of 1 or ${MOST_MODELS} different names of models.`;
const ATTACHMENTS = 'attachmentIds is a list of ids of your attachments.';

/** Which models answer; two answer side by side. */
export class AskModelsDto {
  @ApiProperty({ type: [String], minItems: 1, maxItems: MOST_MODELS })
  @IsArray({ message: MODELS })
  @ArrayMinSize(1, { message: MODELS })
  @ArrayMaxSize(MOST_MODELS, { message: MODELS })
  @ArrayUnique({ message: MODELS })
  @IsString({ each: true, message: MODELS })
  @Length(1, 256, { each: true, message: MODELS })
  models!: string[];
}

/** A question with its attachments; either may be missing, not both. */
export class AskDto extends AskModelsDto {
  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    description:
      'Chosen by the asker. Asking again with the same, after an answer that was lost on its way, asks nothing and answers the same.',
  })
  @IsOptional()
  @IsUUID('all', { message: 'id is a UUID.' })
  id?: string;

  @ApiProperty({ maxLength: LONGEST_QUESTION })
  @IsString({ message: 'content is a text.' })
  @MaxLength(LONGEST_QUESTION, {
    message: `A question has at most ${LONGEST_QUESTION} characters; attach what is longer as a file.`,
  })
  content!: string;

  @ApiPropertyOptional({ type: [String] })
  @IsArray({ message: ATTACHMENTS })
  @ArrayMaxSize(MOST_ATTACHMENTS, { message: ATTACHMENTS })
  @ArrayUnique({ message: ATTACHMENTS })
  @IsUUID('all', { each: true, message: ATTACHMENTS })
  attachmentIds: string[] = [];
}

/** The first question, which makes a conversation. */
export class BeginConversationDto extends AskDto {
  @ApiPropertyOptional({ type: ConversationSettingsDto })
  @IsOptional()
  @AreSettings()
  settings?: ConversationSettingsDto;

  @ApiPropertyOptional({ type: String, format: 'uuid', nullable: true })
  @IsOptional()
  @IsUUID('all', { message: 'folderId is the id of a folder of yours.' })
  folderId?: string | null;
}

/** A further question, or another wording of one: then `parentId` is that of the question. */
export class AskFurtherDto extends AskDto {
  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The answer it follows; null: it begins the conversation anew.',
  })
  @IsOptional()
  @IsUUID('all', { message: 'parentId is the id of a message of the conversation, or null.' })
  parentId: string | null = null;
}

export class AskedDto {
  @ApiProperty({ type: ConversationDto })
  conversation!: ConversationDto;

  @ApiProperty({ type: MessageDto })
  question!: MessageDto;

  @ApiProperty({ type: [MessageDto], description: 'One for each model, in their order.' })
  answers!: MessageDto[];
}
