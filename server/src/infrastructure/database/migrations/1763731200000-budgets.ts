import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { id, integer, longText, optional, reference, text, time } from './migration-columns.js';

/** Pools, what is held of them, the ledger, and who of the replicas is alive and in charge. */
export class Budgets1763731200000 implements MigrationInterface {
  name = 'Budgets1763731200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.createTable(table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) await runner.dropTable(table.name);
  }
}

const TABLES = [
  new Table({
    name: 'pools',
    columns: [
      id(),
      text('owner_kind', 16),
      reference('owner_id'),
      text('unit', 16),
      text('scope', 256),
      integer('balance'),
      integer('held'),
      integer('max'),
      integer('refresh'),
      text('policy_version', 64),
      time('refreshed_at'),
      time('created_at'),
    ],
    indices: [
      {
        name: 'pools_owner_id_unit_scope',
        columnNames: ['owner_id', 'unit', 'scope'],
        isUnique: true,
      },
    ],
  }),
  new Table({
    name: 'holds',
    columns: [
      id(),
      reference('replica_id'),
      time('opened_at'),
      reference('coin_pool_id', optional),
      integer('coins'),
      reference('token_pool_id', optional),
      integer('tokens'),
      longText('checkpoint'),
    ],
    indices: [{ name: 'holds_replica_id', columnNames: ['replica_id'] }],
  }),
  new Table({
    name: 'ledger_entries',
    columns: [
      id(),
      reference('pool_id'),
      time('at'),
      text('kind', 16),
      integer('amount'),
      reference('request_log_id', optional),
      reference('actor_id', optional),
      text('reason', 500, optional),
    ],
    indices: [{ name: 'ledger_entries_pool_id', columnNames: ['pool_id', 'id'] }],
  }),
  new Table({
    name: 'replicas',
    columns: [id(), integer('beat'), time('started_at'), text('host', 255)],
  }),
  new Table({
    name: 'leases',
    columns: [id(), reference('holder_id'), time('expires_at')],
  }),
];
