import fc from 'fast-check';

import { toHtml } from '../../../testing/markdown';
import { pieces } from './long-blocks';

const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');
const page = (source: string) => {
  const root = document.createElement('div');
  root.innerHTML = toHtml(source);
  return root;
};

describe('pieces', () => {
  it('lose nothing and are no longer than they may be', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 2, max: 9 }), (text, size) => {
        const found = pieces(text, size);
        expect(found.join('')).toBe(text);
        expect(found.every(({ length }) => length > 0 && length <= size)).toBe(true);
      }),
    );
  }, 30_000);

  it('end with a word, and never within a character', () => {
    expect(pieces('one two three', 8)).toEqual(['one two ', 'three']);
    expect(pieces('x😀😀', 4)).toEqual(['x😀', '😀']);
  });
});

describe('an enormous block', () => {
  it('of a list is several lists that count on', () => {
    const root = page(lines(1000, (index) => `${index + 1}. item`));
    const lists = [...root.querySelectorAll('ol')];
    expect(lists.map((list) => list.start)).toEqual([1, 201, 401, 601, 801]);
    expect(root.querySelectorAll('li')).toHaveLength(1000);
  });

  it('of a table is several tables, each with its head', () => {
    const root = page(`|a|b|\n|-|-|\n${lines(1000, (index) => `|${index}|x|`)}`);
    expect(root.querySelectorAll('table')).toHaveLength(3);
    expect(root.querySelectorAll('th')).toHaveLength(6);
    expect(root.querySelectorAll('td')).toHaveLength(2000);
  });

  it('of text is several paragraphs', () => {
    const root = page('word '.repeat(20_000));
    expect(root.querySelectorAll('p').length).toBeGreaterThan(4);
    expect(root.textContent.match(/word/g)).toHaveLength(20_000);
  });

  it('of code keeps every line', () => {
    const code = lines(10_000, (index) => `line ${index} < 5`);
    const root = page(`\`\`\`python\n${code}\n\`\`\``);
    expect(root.querySelector('code')?.textContent.trimEnd()).toBe(code);
    expect(root.querySelectorAll('.code-part')).toHaveLength(50);
  });

  it('of quotes in quotes is shown as it is written', () => {
    expect(page(`${'>'.repeat(200)} deep`).textContent).toContain('deep');
  });
});
