import { Entity, ForeignKey, Index } from 'typeorm';
import {
  AmountColumn,
  FlagColumn,
  IdColumn,
  IntegerColumn,
  LongTextColumn,
  ReferenceColumn,
  TextColumn,
  TimeColumn,
} from '../../infrastructure/database/columns.js';

export const MESSAGE_ROLES = ['user', 'assistant'] as const;
export type MessageRole = (typeof MESSAGE_ROLES)[number];

export const MESSAGE_STATES = [
  /** As it was meant to be; an answer that reached its limit of length has `finishReason` length. */
  'complete',
  /** An answer that is being produced. */
  'writing',
  /** By the person. */
  'stopped',
  /** Began and broke off: the backend failed, or Lumen ended. What came is kept. */
  'interrupted',
  /** Nothing came of it. */
  'failed',
] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** A question or an answer. Its siblings, with the same parent, are other branches. */
@Entity({ name: 'messages' })
@Index('messages_conversation_id', ['conversationId', 'id'])
@Index('messages_parent_id', ['parentId'])
export class Message {
  @IdColumn()
  id!: string;

  @ReferenceColumn('conversation_id')
  @ForeignKey('Conversation', { name: 'messages_conversation', onDelete: 'CASCADE' })
  conversationId!: string;

  /**
   * Null: it begins the conversation. No foreign key: neither database follows a chain of thousands
   * of deletions; whoever deletes a message deletes what follows it.
   */
  @ReferenceColumn('parent_id', { nullable: true })
  parentId!: string | null;

  @TextColumn(16)
  role!: MessageRole;

  @LongTextColumn('content')
  content!: string;

  /** What the model thought before it answered; empty if it did not, or does not tell. */
  @LongTextColumn('reasoning')
  reasoning!: string;

  /** Of an answer. */
  @TextColumn(256, { nullable: true })
  model!: string | null;

  @TextColumn(16)
  state!: MessageState;

  @TextColumn(32, { name: 'finish_reason', nullable: true })
  finishReason!: string | null;

  @TextColumn(64, { name: 'error_code', nullable: true })
  errorCode!: string | null;

  @TextColumn(1000, { name: 'error_message', nullable: true })
  errorMessage!: string | null;

  /** Answers that were asked for together, to be seen side by side, have one in common. */
  @ReferenceColumn('comparison_id', { nullable: true })
  comparisonId!: string | null;

  /** By which support finds it in the logs. */
  @TextColumn(128, { name: 'request_id', nullable: true })
  requestId!: string | null;

  @IntegerColumn('prompt_tokens', { nullable: true })
  promptTokens!: number | null;

  @IntegerColumn('completion_tokens', { nullable: true })
  completionTokens!: number | null;

  @IntegerColumn('cached_tokens', { nullable: true })
  cachedTokens!: number | null;

  @IntegerColumn('reasoning_tokens', { nullable: true })
  reasoningTokens!: number | null;

  /** Nano-coins, as in the request log. */
  @AmountColumn('cost', { nullable: true })
  cost!: bigint | null;

  /** The tokens were counted by Lumen, not reported by the backend. */
  @FlagColumn('is_estimated')
  isEstimated!: boolean;

  @IntegerColumn('first_token_ms', { nullable: true })
  firstTokenMs!: number | null;

  /** From the first thought to the first word. */
  @IntegerColumn('thinking_ms', { nullable: true })
  thinkingMs!: number | null;

  @IntegerColumn('duration_ms', { nullable: true })
  durationMs!: number | null;

  @TimeColumn('created_at')
  createdAt!: Date;
}
