import { describe, expect, it } from '@jest/globals';
import { DataSource, type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';
import { MIGRATIONS } from '../../../server/src/infrastructure/database/migrations/index.js';
import { prepareDatabase } from '../../../server/src/infrastructure/database/migrator.js';
import { TestApplication } from '../../support/lumen/application.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';
import { breakages, type ColumnFacts, type Schema } from '../../support/schema-expansion.js';

type Migration = new () => MigrationInterface;

/** Each migration with what it breaks for the version before it. */
async function breakagesOf(migrations: readonly Migration[]): Promise<Map<string, string[]>> {
  const dataSource = new DataSource({ type: 'better-sqlite3', database: ':memory:' });
  await dataSource.initialize();
  const runner = dataSource.createQueryRunner();
  const found = new Map<string, string[]>();
  try {
    for (const each of migrations) {
      const migration = new each();
      const before = await schemaOf(runner);
      await migration.up(runner);
      found.set(migration.name!, breakages(before, await schemaOf(runner)));
    }
  } finally {
    await dataSource.destroy();
  }
  return found;
}

async function schemaOf(runner: QueryRunner): Promise<Schema> {
  const tables = (await runner.query(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`,
  )) as { name: string }[];
  const schema = new Map<string, ColumnFacts[]>();
  for (const { name } of tables) {
    schema.set(name, (await runner.query(`PRAGMA table_info("${name}")`)) as ColumnFacts[]);
  }
  return schema;
}

const reckless = (name: string, up: (runner: QueryRunner) => Promise<unknown>): Migration =>
  class implements MigrationInterface {
    name = name;
    async up(runner: QueryRunner): Promise<void> {
      await up(runner);
    }
    async down(): Promise<void> {}
  };

describe('a migration', () => {
  it('takes nothing away from the version before, which runs on beside the new one', async () => {
    const found = await breakagesOf(MIGRATIONS);
    const broken = Object.fromEntries([...found].filter(([, faults]) => faults.length > 0));
    expect(broken).toEqual({});
  });

  it('that did would be found', async () => {
    const column = new TableColumn({ name: 'shoe_size', type: 'bigint' });
    const first = MIGRATIONS[0] as unknown as Migration;
    const found = await breakagesOf([
      first,
      reckless('Demands', (runner) => runner.addColumn('users', column)),
      reckless('Forgets', (runner) => runner.dropColumn('users', 'shoe_size')),
      reckless('Drops', (runner) => runner.dropTable('sessions')),
    ]);
    expect(Object.fromEntries(found)).toEqual({
      [new first().name!]: [],
      Demands: ['users.shoe_size must be set'],
      Forgets: ['users.shoe_size is gone'],
      Drops: ['sessions is gone'],
    });
  });
});

describe.each(DIALECTS)('a database that a newer version has upgraded, on %s', (dialect) => {
  it('is taken by the older one, which does not undo it', async () => {
    await using app = await TestApplication.start(dialect);
    const { dataSource } = app;
    await dataSource.query(`ALTER TABLE users ADD COLUMN shoe_size bigint`);
    await dataSource.query(
      `INSERT INTO migrations (timestamp, name) VALUES (9999999999999, 'ShoeSize9999999999999')`,
    );
    expect(await prepareDatabase(dataSource)).toEqual([]);
    const rows = await dataSource.query<{ name: string }[]>('SELECT name FROM migrations');
    expect(rows.map(({ name }) => name)).toContain('ShoeSize9999999999999');
  });
});
