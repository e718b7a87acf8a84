import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { id, reference, text, time } from './migration-columns.js';

/** Whose pools wait for a person who deleted their account and may come back. */
export class DepartedOwners1763760600000 implements MigrationInterface {
  name = 'DepartedOwners1763760600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(DEPARTED);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(DEPARTED.name);
  }
}

const DEPARTED = new Table({
  name: 'departed_owners',
  columns: [id(), text('address_hash', 43), reference('owner_id'), time('left_at')],
  indices: [
    { name: 'departed_owners_address_hash', columnNames: ['address_hash'], isUnique: true },
    { name: 'departed_owners_left_at', columnNames: ['left_at'] },
  ],
});
