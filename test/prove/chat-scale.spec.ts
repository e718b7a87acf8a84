import { describe, expect, it } from '@jest/globals';
import { measureChat } from '../support/chat/chat-scale.js';
import { DIALECTS } from '../support/lumen/lumen-server.js';

const MOST_MS = 150;

describe.each(DIALECTS)('100,000 conversations of one person on %s', (dialect) => {
  it('are listed and opened at once', async () => {
    const figures = await measureChat(dialect, { conversations: 100_000, messages: 6 });
    process.stdout.write(`${dialect}: ${JSON.stringify(figures, null, 2)}\n`);
    for (const { median } of Object.values(figures)) expect(median).toBeLessThanOrEqual(MOST_MS);
  }, 300_000);
});
