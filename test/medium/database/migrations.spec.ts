import { describe, expect, it } from '@jest/globals';
import { MIGRATIONS } from '../../../server/src/infrastructure/database/migrations/index.js';
import {
  appliedMigrations,
  MigrationsPendingError,
  pendingMigrations,
  prepareDatabase,
  upgradeDatabase,
} from '../../../server/src/infrastructure/database/migrator.js';
import { TablesInUseError } from '../../../server/src/infrastructure/database/patient-migrations.js';
import { TestApplication } from '../../support/lumen/application.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';

const pool = (text: string) => ({ app: `  db_pool: ${text}` });

const HOLDS_BY_ID = 'HoldsById1795370400000';

describe.each(DIALECTS)('migrations on %s', (dialect) => {
  it('make exactly the tables that the entities describe', async () => {
    await using app = await TestApplication.start(dialect);
    expect(app.dataSource.entityMetadatas.length).toBeGreaterThan(3);
    const drift = await app.dataSource.driver.createSchemaBuilder().log();
    expect(drift.upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('are all pending before and none after, and undo each other', async () => {
    await using app = await TestApplication.start(dialect, { isEmpty: true });
    const { dataSource } = app;
    expect(await appliedMigrations(dataSource)).toEqual([]);
    expect(await pendingMigrations(dataSource)).toHaveLength(MIGRATIONS.length);
    expect(await upgradeDatabase(dataSource)).toHaveLength(MIGRATIONS.length);
    expect(await pendingMigrations(dataSource)).toEqual([]);
    expect(await upgradeDatabase(dataSource)).toEqual([]);
    for (const _ of MIGRATIONS) await dataSource.undoLastMigration();
    expect(await appliedMigrations(dataSource)).toEqual([]);
    expect(await upgradeDatabase(dataSource)).toHaveLength(MIGRATIONS.length);
  });

  it('keep the holds of requests under way, there and back', async () => {
    await using app = await TestApplication.start(dialect);
    const { dataSource } = app;
    const hold = `'a', 'replica', 1, 'pool', 4611686018427387905, NULL, 0, '{"id":"a"}'`;
    const columns =
      'id, replica_id, opened_at, coin_pool_id, coins, token_pool_id, tokens, checkpoint';
    await dataSource.query(`INSERT INTO holds (${columns}) VALUES (${hold})`);
    const text = columns.replace('coins,', 'CAST(coins AS text) AS coins,');
    const holds = () => dataSource.query<unknown[]>(`SELECT ${text} FROM holds`);
    const before = await holds();
    const isThere = async () => (await appliedMigrations(dataSource)).includes(HOLDS_BY_ID);
    expect(await isThere()).toBe(true);
    while (await isThere()) await dataSource.undoLastMigration();
    expect(await holds()).toEqual(before);
    await upgradeDatabase(dataSource);
    expect(await holds()).toEqual(before);
    expect(before).toMatchObject([{ id: 'a', coins: '4611686018427387905' }]);
  });
});

describe('a database that is behind', () => {
  it('is upgraded by itself when it is SQLite', async () => {
    await using app = await TestApplication.start('sqlite', { isEmpty: true });
    expect(await prepareDatabase(app.dataSource)).toHaveLength(MIGRATIONS.length);
    expect(await prepareDatabase(app.dataSource)).toEqual([]);
  });

  it('is the operator’s to upgrade when it is PostgreSQL', async () => {
    await using app = await TestApplication.start('postgres', { isEmpty: true });
    await expect(prepareDatabase(app.dataSource)).rejects.toThrow(MigrationsPendingError);
    await expect(prepareDatabase(app.dataSource)).rejects.toThrow('./lumen db upgrade');
    await upgradeDatabase(app.dataSource);
    expect(await prepareDatabase(app.dataSource)).toEqual([]);
  });

  it('gives way to those who serve while somebody uses a table that it changes', async () => {
    await using app = await TestApplication.start(
      'postgres',
      pool('{ pool_size: 1, max_overflow: 2 }'),
    );
    const { dataSource } = app;
    while ((await appliedMigrations(dataSource)).includes(HOLDS_BY_ID)) {
      await dataSource.undoLastMigration();
    }
    const pending = await pendingMigrations(dataSource);
    const backup = dataSource.createQueryRunner();
    await backup.startTransaction();
    await backup.query('SELECT count(*) FROM holds');
    const upgrade = () => upgradeDatabase(dataSource, { waitMs: 100, pauseMs: 1, tries: 3 });
    await expect(upgrade()).rejects.toThrow(TablesInUseError);
    await expect(upgrade()).rejects.toThrow(HOLDS_BY_ID);
    expect(await pendingMigrations(dataSource)).toEqual(pending);
    await dataSource.query('DELETE FROM holds');
    await backup.commitTransaction();
    await backup.release();
    expect(await upgrade()).toEqual(pending);
    const [setting] = await dataSource.query<unknown[]>('SHOW lock_timeout');
    expect(setting).toEqual({ lock_timeout: '0' });
  });

  it('needs one connection', async () => {
    const settings = pool('{ pool_size: 1, max_overflow: 0, pool_timeout: 5 }');
    await using app = await TestApplication.start('postgres', { ...settings, isEmpty: true });
    expect(await upgradeDatabase(app.dataSource)).toHaveLength(MIGRATIONS.length);
  });
});
