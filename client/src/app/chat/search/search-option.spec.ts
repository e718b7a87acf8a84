import { markedParts, matching } from './search-option';

const command = (name: string) => ({ name, icon: 'add' as const, run: () => undefined });

describe('matching', () => {
  const all = ['New chat', 'Schlüssel', 'Switch to dark'].map(command);
  it.each([
    ['', ['New chat', 'Schlüssel', 'Switch to dark']],
    ['CHAT new', ['New chat']],
    ['schlussel', ['Schlüssel']],
    ['dark mode', []],
  ])('%j finds %j', (term, names) => {
    expect(matching(all, term).map(({ name }) => name)).toEqual(names);
  });
});

describe('markedParts', () => {
  it.each([
    ['An eigenvalue is', ['Eigen'], ['An ', '*eigen', 'value is']],
    ['a.b axb', ['a.b'], ['*a.b', ' axb']],
    ['(x+y)', ['(x', '+'], ['*(x', '*+', 'y)']],
    ['plain', [], ['plain']],
    ['plain', [' '], ['plain']],
  ])('%s with %j', (text, words, parts) => {
    const marked = markedParts(text, words).map((part) => (part.isMatch ? '*' : '') + part.text);
    expect(marked).toEqual(parts);
  });
});
