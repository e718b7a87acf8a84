import { describe, expect, it } from '@jest/globals';
import { titleFromModel, titleFromWords } from './title-texts.js';

describe('a title from the first words', () => {
  it.each([
    ['How do magnets work?', 'How do magnets work?'],
    ['  two\n\nlines\tand a tab ', 'two lines and a tab'],
    ['```python\nprint(1)\n```', 'print(1)'],
    ['# **Help** me', 'Help me'],
    ['', 'report.pdf'],
    [`${'word '.repeat(30)}`, `${'word '.repeat(15).trim()}…`],
    ['x'.repeat(100), `${'x'.repeat(79)}…`],
    [`${'x'.repeat(78)}😀😀`, `${'x'.repeat(78)}…`],
  ])('of %j is %j', (question, title) => {
    expect(titleFromWords(question, 'report.pdf')).toBe(title);
  });

  it('is there even where there are no words', () => {
    expect(titleFromWords('***', null)).toBe('New chat');
  });
});

describe('a title from a model', () => {
  it.each([
    ['How Magnets Work', 'How Magnets Work'],
    ['"How Magnets Work."', 'How Magnets Work'],
    ['Title: „Wie Magnete wirken“', 'Wie Magnete wirken'],
    ['\n**Magnets**\nand more', 'Magnets'],
    ['<think>Hm\nok</think>\nMagnets', 'Magnets'],
    ['<think>never closed', null],
    ['  ', null],
    ['a'.repeat(500), `${'a'.repeat(79)}…`],
  ])('of %j is %j', (answer, title) => {
    expect(titleFromModel(answer)).toBe(title);
  });
});
