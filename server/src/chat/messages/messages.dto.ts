import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import { AttachmentDto } from '../attachments/attachments.dto.js';
import {
  MESSAGE_ROLES,
  MESSAGE_STATES,
  type MessageRole,
  type MessageState,
} from './message.entity.js';

const MOST_MESSAGES = 100;
const LIMIT = `limit is a whole number from 1 to ${MOST_MESSAGES}.`;

export class ListMessagesDto {
  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    description: 'Those before this message, in its branch. Left out: the newest.',
  })
  @IsOptional()
  @IsUUID('all', { message: 'before is the id of a message of the conversation.' })
  before?: string;

  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: MOST_MESSAGES, default: 60 })
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,4}$/.test(value) ? Number(value) : value,
  )
  @IsInt({ message: LIMIT })
  @Min(1, { message: LIMIT })
  @Max(MOST_MESSAGES, { message: LIMIT })
  limit = 60;
}

/** What an answer took; what is not known is null. */
export class AnswerMetricsDto {
  @ApiProperty({ type: Number, nullable: true })
  promptTokens!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  completionTokens!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  cachedTokens!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  reasoningTokens!: number | null;

  @ApiProperty({ description: 'The tokens were counted by Lumen, not by the model’s server.' })
  isEstimated!: boolean;

  @ApiProperty({ type: String, nullable: true, description: 'Coins, as a decimal text.' })
  cost!: string | null;

  @ApiProperty({ type: Number, nullable: true })
  firstTokenMs!: number | null;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'From the first thought to the first word.',
  })
  thinkingMs!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  durationMs!: number | null;

  @ApiProperty({ type: String, nullable: true, description: 'By which support finds it.' })
  requestId!: string | null;
}

export class AnswerErrorDto {
  @ApiProperty({ description: 'One of the error codes of the API.' })
  code!: string;

  @ApiProperty()
  message!: string;
}

export class MessageDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Null: the first.' })
  parentId!: string | null;

  @ApiProperty({ enum: MESSAGE_ROLES })
  role!: MessageRole;

  @ApiProperty({ description: 'Markdown.' })
  content!: string;

  @ApiProperty({ description: 'What the model thought before; empty if it tells nothing.' })
  reasoning!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Of an answer.' })
  model!: string | null;

  @ApiProperty({
    enum: MESSAGE_STATES,
    description:
      'writing: follow it at /chat/answers/{id}/events; stopped: by the person; interrupted: it broke off; failed: nothing came.',
  })
  state!: MessageState;

  @ApiProperty({ type: String, nullable: true, description: 'length: its limit cut it.' })
  finishReason!: string | null;

  @ApiProperty({ type: AnswerErrorDto, nullable: true })
  error!: AnswerErrorDto | null;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'Answers with the same were asked for together, to be seen side by side.',
  })
  comparisonId!: string | null;

  @ApiProperty({
    type: [String],
    description: 'The branches at this place, itself among them, oldest first.',
  })
  siblingIds!: string[];

  @ApiProperty({ type: [AttachmentDto] })
  attachments!: AttachmentDto[];

  @ApiProperty({ type: AnswerMetricsDto, nullable: true, description: 'Of an answer.' })
  metrics!: AnswerMetricsDto | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

/**
 * Messages of one branch, oldest first. Where a message was compared, the others of its comparison
 * stand beside it, right after it.
 */
export class MessagePageDto {
  @ApiProperty({ type: [MessageDto] })
  messages!: MessageDto[];

  @ApiProperty({ description: 'The branch has messages before these.' })
  hasEarlier!: boolean;
}

export class DeletedMessageDto {
  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The last message of the branch that is shown now.',
  })
  currentMessageId!: string | null;
}
