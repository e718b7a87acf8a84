import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { flag, id, longText, optional, text, time } from './migration-columns.js';

/** The providers that are made in the console and over REST. */
export class Providers1763742000000 implements MigrationInterface {
  name = 'Providers1763742000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(providers);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(providers.name);
  }
}

const providers = new Table({
  name: 'providers',
  columns: [
    id(),
    text('name', 128),
    text('slug', 63),
    text('type', 16),
    text('base_url', 2048),
    longText('sealed_key', optional),
    longText('models'),
    flag('is_enabled'),
    text('default_mark', 16, optional),
    time('created_at'),
    time('updated_at'),
  ],
  indices: [
    { name: 'providers_slug', columnNames: ['slug'], isUnique: true },
    { name: 'providers_default_mark', columnNames: ['default_mark'], isUnique: true },
  ],
});
