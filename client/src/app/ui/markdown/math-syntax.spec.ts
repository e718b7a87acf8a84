import { Marked } from 'marked';

import { type MathToken, mathSyntax } from './math-syntax';

function formulas(source: string, isStreaming = false): string[] {
  const marked = new Marked(mathSyntax(isStreaming));
  const found: MathToken[] = [];
  marked.walkTokens(marked.lexer(source), (token) => {
    if (token.type === 'blockMath' || token.type === 'inlineMath') found.push(token as MathToken);
  });
  return found.map(
    ({ text, isDisplay, isOpen }) => `${isOpen ? 'open ' : ''}${isDisplay ? 'D' : 'I'}:${text}`,
  );
}

describe('mathSyntax', () => {
  it.each([
    ['$x$', ['I:x']],
    ['a $x+y$ b', ['I:x+y']],
    ['\\(x\\)', ['I:x']],
    ['$$x$$', ['D:x']],
    ['$$\nx\n$$', ['D:x']],
    ['\\[\nx\n\\]', ['D:x']],
    ['text:\n\\[\na\n= b\n+ c\n\\]\nmore', ['D:a\n= b\n+ c']],
    ['so $$x$$ in a line', ['D:x']],
    ['- item $a_1$ and $b_2$', ['I:a_1', 'I:b_2']],
    ['| $a$ | b |\n|---|---|\n| \\(c\\) | d |', ['I:a', 'I:c']],
    ['$\\$5$', ['I:\\$5']],
    ['*$a*b$*', ['I:a*b']],
  ])('finds the formulas of %j', (source, expected) => {
    expect(formulas(source)).toEqual(expected);
  });

  it.each([
    'It costs $5 and $10.',
    'US$5-$10',
    '$ x $',
    'escaped \\$x$',
    '`$x$`',
    '```\n$x$\n```',
    '$a\n\nb$',
    '\\[never\n\nclosed\\]',
    '$$',
    'a $ b',
  ])('leaves %j alone', (source) => {
    expect(formulas(source)).toEqual([]);
  });

  it('waits for the end of a display formula while the text grows', () => {
    expect(formulas('so\n$$\n\\frac{a', true)).toEqual(['open D:\\frac{a']);
    expect(formulas('so\n$$\n\\frac{a', false)).toEqual([]);
  });
});
