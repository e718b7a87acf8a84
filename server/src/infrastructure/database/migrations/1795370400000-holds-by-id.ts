import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { id, integer, longText, optional, reference, time } from './migration-columns.js';

/**
 * Holds in one tree: each request writes a row and takes it away, which cost three pages each time with
 * an index by replica and, on SQLite, one by id beside the rows. There are as many rows as requests
 * under way, which whoever looks for those of a dead replica reads at once.
 */
export class HoldsById1795370400000 implements MigrationInterface {
  name = 'HoldsById1795370400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX ${INDEX}`);
    if (!isPostgres(runner)) await rebuild(runner, { withoutRowid: true });
  }

  async down(runner: QueryRunner): Promise<void> {
    if (!isPostgres(runner)) await rebuild(runner, { withoutRowid: false });
    await runner.query(`CREATE INDEX ${INDEX} ON holds (replica_id)`);
  }
}

const INDEX = 'holds_replica_id';

const COLUMNS = [
  id(),
  reference('replica_id'),
  time('opened_at'),
  reference('coin_pool_id', optional),
  integer('coins'),
  reference('token_pool_id', optional),
  integer('tokens'),
  longText('checkpoint'),
];

const isPostgres = (runner: QueryRunner) => runner.dataSource.options.type === 'postgres';

/** With all its rows: requests may be under way, and those of dead processes are not settled yet. */
async function rebuild(runner: QueryRunner, shape: { withoutRowid: boolean }): Promise<void> {
  const names = COLUMNS.map(({ name }) => name).join(', ');
  await runner.query('ALTER TABLE holds RENAME TO holds_before');
  await runner.createTable(new Table({ name: 'holds', columns: COLUMNS, ...shape }));
  await runner.query(`INSERT INTO holds (${names}) SELECT ${names} FROM holds_before`);
  await runner.query('DROP TABLE holds_before');
}
