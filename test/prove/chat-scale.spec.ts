import { describe, it } from '@jest/globals';
import { measureChat } from '../support/chat/chat-scale.js';
import { DIALECTS } from '../support/lumen/lumen-server.js';
import { figuresOf, prove } from '../support/proof.js';

const MOST_MS = 150;

describe.each(DIALECTS)('100,000 conversations of one person on %s', (dialect) => {
  it('are listed and opened at once', async () => {
    const figures = await measureChat(dialect, { conversations: 100_000, messages: 6 });
    const medians = Object.entries(figures).map(([page, { median }]) => [page, median]);
    prove(
      ...figuresOf(dialect, Object.fromEntries(medians) as Record<string, number>, {
        unit: 'ms',
        atMost: MOST_MS,
      }),
    );
  }, 300_000);
});
