import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import {
  flag,
  id,
  integer,
  longText,
  optional,
  reference,
  text,
  time,
} from './migration-columns.js';

/** Conversations as trees of messages, what is attached to them, and what people made of them. */
export class Chat1763752800000 implements MigrationInterface {
  name = 'Chat1763752800000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.createTable(table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) await runner.dropTable(table.name);
  }
}

const belongsTo = (name: string, column: string, table: string) => ({
  name,
  columnNames: [column],
  referencedTableName: table,
  referencedColumnNames: ['id'],
  onDelete: 'CASCADE',
});

const TABLES = [
  new Table({
    name: 'folders',
    columns: [id(), reference('user_id'), text('name', 100), time('created_at')],
    indices: [{ name: 'folders_user_id', columnNames: ['user_id'] }],
    foreignKeys: [belongsTo('folders_user', 'user_id', 'users')],
  }),
  new Table({
    name: 'conversations',
    columns: [
      id(),
      reference('user_id'),
      text('title', 200),
      text('title_source', 16),
      reference('folder_id', optional),
      flag('is_pinned'),
      flag('is_archived'),
      text('model', 256, optional),
      longText('settings'),
      reference('current_message_id', optional),
      time('created_at'),
      time('updated_at'),
      time('removed_at', optional),
    ],
    indices: [
      { name: 'conversations_list', columnNames: ['user_id', 'updated_at', 'id'] },
      {
        name: 'conversations_view',
        columnNames: ['user_id', 'is_archived', 'is_pinned', 'updated_at', 'id'],
        where: 'removed_at IS NULL',
      },
      { name: 'conversations_in_folder', columnNames: ['folder_id', 'updated_at', 'id'] },
      { name: 'conversations_removed_at', columnNames: ['removed_at'] },
      { name: 'conversations_updated_at', columnNames: ['updated_at'] },
    ],
    foreignKeys: [
      belongsTo('conversations_user', 'user_id', 'users'),
      { ...belongsTo('conversations_folder', 'folder_id', 'folders'), onDelete: 'SET NULL' },
    ],
  }),
  new Table({
    name: 'messages',
    columns: [
      id(),
      reference('conversation_id'),
      reference('parent_id', optional),
      text('role', 16),
      text('model', 256, optional),
      text('state', 16),
      text('finish_reason', 32, optional),
      text('error_code', 64, optional),
      text('error_message', 1000, optional),
      reference('comparison_id', optional),
      text('request_id', 128, optional),
      integer('prompt_tokens', optional),
      integer('completion_tokens', optional),
      integer('cached_tokens', optional),
      integer('reasoning_tokens', optional),
      integer('cost', optional),
      flag('is_estimated'),
      integer('first_token_ms', optional),
      integer('thinking_ms', optional),
      integer('duration_ms', optional),
      time('created_at'),
      // Last: SQLite reads a row from its beginning, and what is before a long text without it.
      longText('content'),
      longText('reasoning'),
    ],
    indices: [
      { name: 'messages_conversation_id', columnNames: ['conversation_id', 'id'] },
      { name: 'messages_parent_id', columnNames: ['parent_id'] },
    ],
    // None to the parent: neither database follows a chain of thousands of deletions.
    foreignKeys: [belongsTo('messages_conversation', 'conversation_id', 'conversations')],
  }),
  new Table({
    name: 'running_answers',
    columns: [id(), reference('replica_id'), reference('user_id'), time('started_at')],
    indices: [
      { name: 'running_answers_replica_id', columnNames: ['replica_id'] },
      { name: 'running_answers_user_id', columnNames: ['user_id'] },
    ],
    foreignKeys: [belongsTo('running_answers_message', 'id', 'messages')],
  }),
  new Table({
    name: 'attachments',
    columns: [
      id(),
      reference('user_id'),
      reference('conversation_id', optional),
      reference('content_id'),
      text('name', 255),
      text('kind', 16),
      text('media_type', 100),
      integer('size'),
      integer('text_chars', optional),
      flag('is_cut'),
      integer('tokens'),
      time('created_at'),
    ],
    indices: [
      { name: 'attachments_user_id', columnNames: ['user_id'] },
      { name: 'attachments_conversation_id', columnNames: ['conversation_id', 'created_at'] },
    ],
    foreignKeys: [
      belongsTo('attachments_user', 'user_id', 'users'),
      belongsTo('attachments_conversation', 'conversation_id', 'conversations'),
    ],
  }),
  new Table({
    name: 'attachment_parts',
    columns: [
      { ...reference('attachment_id'), isPrimary: true },
      { ...text('content', 16), isPrimary: true },
      { ...integer('position'), isPrimary: true },
      longText('sealed'),
    ],
    foreignKeys: [belongsTo('attachment_parts_attachment', 'attachment_id', 'attachments')],
  }),
  new Table({
    name: 'message_attachments',
    columns: [
      { ...reference('message_id'), isPrimary: true },
      { ...reference('attachment_id'), isPrimary: true },
      integer('position'),
    ],
    indices: [{ name: 'message_attachments_attachment_id', columnNames: ['attachment_id'] }],
    foreignKeys: [
      belongsTo('message_attachments_message', 'message_id', 'messages'),
      belongsTo('message_attachments_attachment', 'attachment_id', 'attachments'),
    ],
  }),
  new Table({
    name: 'presets',
    columns: [
      id(),
      reference('user_id'),
      text('name', 100),
      text('model', 256, optional),
      longText('settings'),
      time('created_at'),
      time('updated_at'),
    ],
    indices: [{ name: 'presets_user_id', columnNames: ['user_id'] }],
    foreignKeys: [belongsTo('presets_user', 'user_id', 'users')],
  }),
  new Table({
    name: 'shared_conversations',
    columns: [
      id(),
      reference('user_id'),
      reference('conversation_id'),
      text('title', 200),
      longText('snapshot'),
      integer('messages'),
      time('created_at'),
      time('updated_at'),
    ],
    indices: [
      { name: 'shared_conversations_user_id', columnNames: ['user_id'] },
      {
        name: 'shared_conversations_conversation_id',
        columnNames: ['conversation_id'],
        isUnique: true,
      },
    ],
    foreignKeys: [
      belongsTo('shared_conversations_user', 'user_id', 'users'),
      belongsTo('shared_conversations_conversation', 'conversation_id', 'conversations'),
    ],
  }),
];
