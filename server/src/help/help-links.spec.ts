import { describe, expect, it } from '@jest/globals';
import { portalLinks } from './help-links.js';

const TOPICS = new Set(['budgets', 'chat-data']);

describe('links of the documentation in the portal', () => {
  it.each([
    ['see [budgets](budgets.md)', 'see [budgets](/help/budgets)'],
    ['[a](./chat-data.md#export-all)', '[a](/help/chat-data#export-all)'],
    ['[why](decisions/metering.md), [code](../server/src/app.ts)', 'why, code'],
    ['[gone](gone.md)', 'gone'],
    [
      '[out](https://example.edu/a) [mail](mailto:a@b.edu)',
      '[out](https://example.edu/a) [mail](mailto:a@b.edu)',
    ],
    ['[here](#errors)', '[here](/help/api#errors)'],
    ['![The chat page](images/chat.png)', 'The chat page'],
    ['[`code`](budgets.md)', '[`code`](/help/budgets)'],
    ['`a[0](x)` and [x]', '`a[0](x)` and [x]'],
  ])('%s', (text, shown) => {
    expect(portalLinks(text, TOPICS, 'api')).toBe(shown);
  });

  it('shows the pictures that are there', () => {
    const pictures = new Set(['chat.webp']);
    const text = '![The chat](images/chat.webp) ![gone](images/gone.webp)';
    expect(portalLinks(text, TOPICS, 'api', pictures)).toBe(
      '![The chat](/api/help/pictures/chat.webp) gone',
    );
  });
});
