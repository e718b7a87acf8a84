import { describe, expect, it } from '@jest/globals';
import { measureSearch } from '../support/chat/search-scale.js';
import { DIALECTS } from '../support/lumen/lumen-server.js';

/** The short form of test/prove/chat-search-scale.spec.ts. */
describe.each(DIALECTS)('ten thousand messages of one person on %s', (dialect) => {
  it('are searched in under 200 ms', async () => {
    const { searchMs } = await measureSearch(dialect, { people: 1, messages: 10_000 });
    for (const [search, tookMs] of Object.entries(searchMs)) {
      expect({ search, isQuick: tookMs < 200 }).toEqual({ search, isQuick: true });
    }
  }, 120_000);
});
