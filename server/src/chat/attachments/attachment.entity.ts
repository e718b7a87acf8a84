import { Entity, ForeignKey, Index } from 'typeorm';
import {
  FlagColumn,
  IdColumn,
  IntegerColumn,
  ReferenceColumn,
  TextColumn,
  TimeColumn,
} from '../../infrastructure/database/columns.js';

export const ATTACHMENT_KINDS = ['text', 'pdf', 'image'] as const;
export type AttachmentKind = (typeof ATTACHMENT_KINDS)[number];

/** A file somebody gave to a conversation; what is in it stands in `attachment_parts`, sealed. */
@Entity({ name: 'attachments' })
@Index('attachments_user_id', ['userId'])
@Index('attachments_conversation_id', ['conversationId', 'createdAt'])
export class Attachment {
  @IdColumn()
  id!: string;

  @ReferenceColumn('user_id')
  @ForeignKey('User', { name: 'attachments_user', onDelete: 'CASCADE' })
  userId!: string;

  /** Null until the question it belongs to is asked. */
  @ReferenceColumn('conversation_id', { nullable: true })
  @ForeignKey('Conversation', { name: 'attachments_conversation', onDelete: 'CASCADE' })
  conversationId!: string | null;

  /** The attachment that it is a copy of, or itself: what is in it is sealed under that id. */
  @ReferenceColumn('content_id')
  contentId!: string;

  @TextColumn(255)
  name!: string;

  /** By its content, whatever its name says. */
  @TextColumn(16)
  kind!: AttachmentKind;

  @TextColumn(100, { name: 'media_type' })
  mediaType!: string;

  /** Bytes. */
  @IntegerColumn('size')
  size!: number;

  /** Characters of the text in it that a model is told; null: it is no text. */
  @IntegerColumn('text_chars', { nullable: true })
  textChars!: number | null;

  /** There was more text in it than `chat.upload` allows. */
  @FlagColumn('is_cut')
  isCut!: boolean;

  /** About how many a model is charged for it. */
  @IntegerColumn('tokens')
  tokens!: number;

  @TimeColumn('created_at')
  createdAt!: Date;
}
