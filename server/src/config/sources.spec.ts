import { describe, expect, it } from '@jest/globals';
import { configurationText, loadText } from './testing/configuration-text.js';

const text = configurationText(
  {
    groups: { staff: { max: 5, 'llama3.2': { max: 7 } } },
    models: [{ name: 'm', input_cost_per_million: 1 }],
    chat: { remove: null },
  },
  { debug: true, dev_user: 'a@b.edu', database_url: 'sqlite:///a.db', db_pool: { pool_size: 3 } },
);

describe('Sources', () => {
  const { sources } = loadText(text, {
    LUMEN_LOG_LEVEL: 'debug',
    LUMEN_SECRET_KEY: 'e'.repeat(32),
  });

  it.each([
    ['app.encryption_key', 'file'],
    ['app.secret_key', 'environment'],
    ['log.level', 'environment'],
    ['app.database.url', 'file'],
    ['app.database.pool_size', 'file'],
    ['app.database.max_overflow', 'default'],
    ['app.dev_user.email', 'file'],
    ['app.host', 'default'],
    ['app.api_key_secret', 'default'],
    ['groups.staff.max', 'file'],
    ['groups.staff["llama3.2"].max', 'file'],
    ['groups.staff.refresh', 'default'],
    ['groups.constructor', 'default'],
    ['models[0].input_cost_per_million', 'file'],
    ['models[0].output_cost_per_million', 'default'],
    ['models[7].name', 'default'],
    ['chat.remove', 'default'],
    ['groups', 'file'],
    ['users', 'default'],
  ])('says that %s comes from the %s', (path, source) => {
    expect(sources.of(path)).toBe(source);
  });

  it('keeps no values', () => {
    expect(JSON.stringify(sources)).not.toContain('an-encryption-key');
  });
});
