import { Entity, ForeignKey, Index } from 'typeorm';
import {
  FlagColumn,
  IdColumn,
  JsonColumn,
  ReferenceColumn,
  TextColumn,
  TimeColumn,
} from '../../infrastructure/database/columns.js';
import { type ConversationSettings } from './conversation-settings.js';

/** Where a title comes from: the first words of the first question, a model, or the person. */
export type TitleSource = 'words' | 'model' | 'person';

/** One person's conversation: a tree of messages, of which one branch is shown. */
@Entity({ name: 'conversations' })
@Index('conversations_list', ['userId', 'updatedAt', 'id'])
@Index('conversations_view', ['userId', 'isArchived', 'isPinned', 'updatedAt', 'id'], {
  where: 'removed_at IS NULL',
})
@Index('conversations_in_folder', ['folderId', 'updatedAt', 'id'])
@Index('conversations_removed_at', ['removedAt'])
@Index('conversations_updated_at', ['updatedAt'])
export class Conversation {
  @IdColumn()
  id!: string;

  @ReferenceColumn('user_id')
  @ForeignKey('User', { name: 'conversations_user', onDelete: 'CASCADE' })
  userId!: string;

  @TextColumn(200)
  title!: string;

  @TextColumn(16, { name: 'title_source' })
  titleSource!: TitleSource;

  @ReferenceColumn('folder_id', { nullable: true })
  @ForeignKey('Folder', { name: 'conversations_folder', onDelete: 'SET NULL' })
  folderId!: string | null;

  @FlagColumn('is_pinned')
  isPinned!: boolean;

  @FlagColumn('is_archived')
  isArchived!: boolean;

  /** The model chosen last. */
  @TextColumn(256, { nullable: true })
  model!: string | null;

  @JsonColumn('settings')
  settings!: ConversationSettings;

  /** The last message of the branch that is shown; null: there is none. */
  @ReferenceColumn('current_message_id', { nullable: true })
  currentMessageId!: string | null;

  @TimeColumn('created_at')
  createdAt!: Date;

  /** Of the last question or answer; what the list is sorted by. Renaming does not move it. */
  @TimeColumn('updated_at')
  updatedAt!: Date;

  /** When it was deleted; kept for undoing that, and for good where `chat.remove` is `hide`. */
  @TimeColumn('removed_at', { nullable: true })
  removedAt!: Date | null;
}
