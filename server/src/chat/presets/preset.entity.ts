import { Entity, ForeignKey, Index } from 'typeorm';
import {
  IdColumn,
  JsonColumn,
  ReferenceColumn,
  TextColumn,
  TimeColumn,
} from '../../infrastructure/database/columns.js';
import { type ConversationSettings } from '../conversations/conversation-settings.js';

/** A model and settings that a person keeps under a name, to begin conversations with. */
@Entity({ name: 'presets' })
@Index('presets_user_id', ['userId'])
export class Preset {
  @IdColumn()
  id!: string;

  @ReferenceColumn('user_id')
  @ForeignKey('User', { name: 'presets_user', onDelete: 'CASCADE' })
  userId!: string;

  @TextColumn(100)
  name!: string;

  @TextColumn(256, { nullable: true })
  model!: string | null;

  @JsonColumn('settings')
  settings!: ConversationSettings;

  @TimeColumn('created_at')
  createdAt!: Date;

  @TimeColumn('updated_at')
  updatedAt!: Date;
}
