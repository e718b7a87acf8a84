import { headingsOf, withWholeAddresses } from './help-text';

describe('a page of the help', () => {
  it('has a table of contents, without what stands in code', () => {
    const text =
      'Hello\n\n## `branding` and more\n\n```yaml\n## not a heading\n```\n\n### What, when?\n';
    expect(headingsOf(text)).toEqual([
      { depth: 2, title: 'branding and more', anchor: 'branding-and-more' },
      { depth: 3, title: 'What, when?', anchor: 'what-when' },
    ]);
  });

  it('leads to other pages of the portal', () => {
    expect(withWholeAddresses('[a](/help/api) [b](https://x.edu)', 'https://lumen.edu')).toBe(
      '[a](https://lumen.edu/help/api) [b](https://x.edu)',
    );
  });
});
