import fc from 'fast-check';

import { grow } from '../../../testing/markdown';
import { IncrementalMarkdown } from './incremental-markdown';
import { loadMath } from './math-renderer';

const ANSWER = `Use **lme4**:

\`\`\`r
m <- lmer(rt ~ 1)
\`\`\`

1. one

2. two
   \`\`\`python
   x = 1
   \`\`\`

## Next

| a | b |
|---|--:|
| 1 | 2 |

> quoted
> on

$$
x^2
$$

- [x] done
- [ ] open

Setext
---

\`\`\`
last`;

const SIGNS = [
  ...['a', ' ', '\n', '\n\n', '   ', '- ', '1. ', '# ', '> ', '|', '---', '```', '\n```\n'],
  ...['*', '**', '$', '$$', '\\[', '\\]', '[x](y)', '<b>'],
];

/** The text after each cut, the whole at the end. */
function growing(text: string, cuts: number[]): string[] {
  const ends = cuts.map((cut) => cut % text.length).sort((a, b) => a - b);
  return [...ends.map((end) => text.slice(0, end)), text];
}

describe('IncrementalMarkdown', () => {
  beforeAll(() => loadMath());

  it('shows the same whatever pieces the text came in', () => {
    const [whole] = grow([ANSWER], false);
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 30 }), (cuts) => {
        expect(grow(growing(ANSWER, cuts), false).at(-1)).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });

  it('does so for any mixture of Markdown’s signs', () => {
    const text = fc.array(fc.constantFrom(...SIGNS), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(text, fc.array(fc.nat(), { maxLength: 12 }), (signs, cuts) => {
        const source = signs.join('');
        const [whole] = grow([source], false);
        expect(grow(growing(source, cuts), false).at(-1)).toEqual(whole);
      }),
      { numRuns: 300 },
    );
  });

  it('never touches blocks again once two more have begun', () => {
    const markdown = new IncrementalMarkdown({} as never);
    markdown.update('one\n\ntwo\n\nthree\n\n', false);
    const { from, blocks } = markdown.update('one\n\ntwo\n\nthree\n\nfour', false);
    expect(from).toBe(1);
    expect(blocks).toHaveLength(3);
  });

  it('begins anew when the text is another one', () => {
    const [, second] = grow(['a\n\nb\n\nc\n\nd', 'x'], false);
    expect(second).toEqual(['<p>x</p>\n']);
  });

  it('closes what is still open, for the eye only', () => {
    const [blocks] = grow(['so **bold'], false);
    expect(blocks?.join('')).toContain('<strong>bold</strong>');
  });

  it('colours code and offers to copy it only once it is closed', () => {
    const [open, closed] = grow(['```js\nlet a', '```js\nlet a\n```'], false);
    expect(open?.join('')).not.toContain('hljs-');
    expect(open?.join('')).not.toContain('data-copy');
    expect(closed?.join('')).toContain('hljs-keyword');
    expect(closed?.join('')).toContain('data-copy');
  });

  it('finds links defined at the end', () => {
    const texts = ['[a][1]\n\nb\n\nc\n\nd', '[a][1]\n\nb\n\nc\n\nd\n\n[1]: https://x.example'];
    expect(grow(texts, true).at(-1)?.[0]).toContain('href="https://x.example/"');
  });
});
