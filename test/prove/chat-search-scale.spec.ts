import { describe, it } from '@jest/globals';
import { measureSearch } from '../support/chat/search-scale.js';
import { DIALECTS } from '../support/lumen/lumen-server.js';
import { figuresOf, prove } from '../support/proof.js';

const MINUTE_MS = 60_000;
const MOST_MS = 200;

describe.each(DIALECTS)('a million messages on %s', (dialect) => {
  it.each([1, 1_000])(
    'of %d people are searched in under 200 ms',
    async (people) => {
      const figures = await measureSearch(dialect, { people, messages: 1_000_000 });
      const subject = `${people} people, ${dialect}`;
      prove(...figuresOf(subject, figures.searchMs, { unit: 'ms', atMost: MOST_MS }));
    },
    30 * MINUTE_MS,
  );
});
