import { expect, it } from '@jest/globals';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import { UsageDatabase } from '../../../server/src/usage/usage-database.service.js';
import { TestApplication } from '../../support/lumen/application.js';

it('thousands of people are found by one look at the rows, not one after the other, on PostgreSQL', async () => {
  await using app = await TestApplication.start('postgres');
  const database = app.context.get(UsageDatabase);
  const ids = Array.from({ length: 5_000 }, () => newId());
  const plan = await database.withList('owner_id', ids, (isAmong, list) =>
    database.rows(
      `EXPLAIN SELECT model, SUM(requests) FROM usage_hourly
       WHERE hour >= ? AND hour < ? AND owner_kind = ? AND ${isAmong} GROUP BY model`,
      [0, Date.now(), 'user', list],
    ),
  );
  const text = plan.flat().join('\n');
  expect(text).toContain('hashed SubPlan');
  expect(text).not.toContain('Nested Loop');
});
