import { describe, expect, it } from '@jest/globals';
import { measureSearch } from '../support/chat/search-scale.js';
import { DIALECTS } from '../support/lumen/lumen-server.js';

const MINUTE_MS = 60_000;
const MOST_MS = 200;

describe.each(DIALECTS)('a million messages on %s', (dialect) => {
  it.each([1, 1_000])(
    'of %d people are searched in under 200 ms',
    async (people) => {
      const figures = await measureSearch(dialect, { people, messages: 1_000_000 });
      process.stdout.write(`${dialect}, ${people} people: ${JSON.stringify(figures, null, 2)}\n`);
      for (const [search, tookMs] of Object.entries(figures.searchMs)) {
        expect({ search, isQuick: tookMs < MOST_MS }).toEqual({ search, isQuick: true });
      }
    },
    30 * MINUTE_MS,
  );
});
