import { expect, it } from '@jest/globals';
import { InProcessLumen } from '../../support/lumen/in-process.js';
import { configurationText } from '../../support/lumen/lumen-server.js';

it('follows log.level while Lumen runs, and stays where a broken file would have it', async () => {
  const withLevel = (level: string) => (databaseUrl: string) =>
    configurationText(databaseUrl, { extra: `log: { level: ${level}, requests: false }` });
  await using lumen = await InProcessLumen.start('sqlite', withLevel('fatal'));
  for (const level of ['silent', 'fatal', 'silent']) {
    await lumen.configure(withLevel(level)(lumen.databaseUrl));
    await lumen.lookNow();
    expect(lumen.logger.level).toBe(level);
  }
  await lumen.configure(withLevel('chatty')(lumen.databaseUrl));
  await lumen.lookNow();
  expect(lumen.logger.level).toBe('silent');
});
