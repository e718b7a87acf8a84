import { Entity, ForeignKey, Index } from 'typeorm';
import {
  IdColumn,
  IntegerColumn,
  JsonColumn,
  ReferenceColumn,
  TextColumn,
  TimeColumn,
} from '../../infrastructure/database/columns.js';
import { type SharedMessage } from './shared-message.js';

/** What a conversation was when its owner last shared it; later messages are not in it. */
@Entity({ name: 'shared_conversations' })
@Index('shared_conversations_user_id', ['userId'])
@Index('shared_conversations_conversation_id', ['conversationId'], { unique: true })
export class SharedConversation {
  /** Part of the link; known to whoever has it. */
  @IdColumn()
  id!: string;

  @ReferenceColumn('user_id')
  @ForeignKey('User', { name: 'shared_conversations_user', onDelete: 'CASCADE' })
  userId!: string;

  @ReferenceColumn('conversation_id')
  @ForeignKey('Conversation', {
    name: 'shared_conversations_conversation',
    onDelete: 'CASCADE',
  })
  conversationId!: string;

  @TextColumn(200)
  title!: string;

  @JsonColumn('snapshot')
  snapshot!: SharedMessage[];

  @IntegerColumn('messages')
  messages!: number;

  @TimeColumn('created_at')
  createdAt!: Date;

  @TimeColumn('updated_at')
  updatedAt!: Date;
}
