import { describe, expect, it } from '@jest/globals';
import { measureChat } from '../support/chat/chat-scale.js';
import { DIALECTS } from '../support/lumen/lumen-server.js';

/** The short form of test/prove/chat-scale.spec.ts. */
describe.each(DIALECTS)('2,000 conversations of one person on %s', (dialect) => {
  it('are listed and opened at once', async () => {
    const figures = await measureChat(dialect, { conversations: 2_000, messages: 6 });
    for (const { median } of Object.values(figures)) expect(median).toBeLessThanOrEqual(150);
  }, 30_000);
});
