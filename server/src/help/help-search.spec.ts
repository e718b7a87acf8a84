import { describe, expect, it } from '@jest/globals';
import { fitOf, snippetOf, wordsOf } from './help-search.js';

const TOPIC = {
  title: 'What everybody may spend',
  text: '## Pools\n\nA **pool** belongs to a [person](users.md). It is `refreshed` every hour.',
};

describe('searching the help', () => {
  it.each([
    ['POOL', true],
    ['spend pool', true],
    ['pool unicorn', false],
  ])('%s', (search, isFound) => {
    expect(fitOf(TOPIC, wordsOf(search)) > 0).toBe(isFound);
  });

  it('has words of the title count more', () => {
    expect(fitOf(TOPIC, ['spend'])).toBeGreaterThan(fitOf(TOPIC, ['hour']));
  });

  it('shows the place in plain words', () => {
    expect(snippetOf(TOPIC, ['person'])).toBe(
      'Pools A pool belongs to a person. It is refreshed every hour.',
    );
    expect(
      snippetOf({ title: '', text: `${'x '.repeat(100)}needle${' y'.repeat(200)}` }, ['needle']),
    ).toMatch(/^… .*needle.* …$/);
  });
});
