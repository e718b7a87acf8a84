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

/** What the institution tells its people, and the terms they agree to. */
export class Announcements1763760000000 implements MigrationInterface {
  name = 'Announcements1763760000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.createTable(table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) await runner.dropTable(table.name);
  }
}

const TABLES = [
  new Table({
    name: 'announcements',
    columns: [
      id(),
      text('severity', 16),
      text('title', 160),
      longText('text'),
      text('audience', 16),
      longText('groups'),
      flag('is_dismissible'),
      time('starts_at'),
      time('ends_at', optional),
      time('created_at'),
      time('updated_at'),
    ],
    indices: [{ name: 'announcements_ends_at', columnNames: ['ends_at'] }],
  }),
  new Table({
    name: 'terms_versions',
    columns: [
      id(),
      integer('version'),
      longText('text'),
      text('changes', 2000),
      time('published_at'),
      time('withdrawn_at', optional),
    ],
    indices: [{ name: 'terms_versions_version', columnNames: ['version'], isUnique: true }],
  }),
  new Table({
    name: 'terms_acceptances',
    columns: [id(), reference('user_id'), integer('version'), time('accepted_at')],
    indices: [
      {
        name: 'terms_acceptances_user_version',
        columnNames: ['user_id', 'version'],
        isUnique: true,
      },
      { name: 'terms_acceptances_version', columnNames: ['version'] },
    ],
    foreignKeys: [
      {
        name: 'terms_acceptances_user',
        columnNames: ['user_id'],
        referencedTableName: 'users',
        referencedColumnNames: ['id'],
        onDelete: 'CASCADE',
      },
    ],
  }),
];
