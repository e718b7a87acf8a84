import { describe, expect, it } from '@jest/globals';
import { withoutMarkdown } from './without-markdown.js';

describe('Markdown as it reads', () => {
  it.each([
    ['## A heading', 'A heading'],
    ['Title\n=====\nText', 'Title\nText'],
    [
      '**bold**, *slanted*, ***both***, ~~gone~~ and __strong__',
      'bold, slanted, both, gone and strong',
    ],
    ['- one\n* two\n- [x] done', 'one\ntwo\ndone'],
    ['1. first', '1. first'],
    ['> quoted **words**', 'quoted words'],
    ['[a link](https://x.example/a_(b)) and [another][1]', 'a link and another'],
    ['![a picture](x.png) <https://x.example>', 'a picture https://x.example'],
    ['said[^1] so\n\n[^1]: a note', 'said so\n\n a note'],
    ['| a | b |\n|---|:-:|\n| 1 | 2 |', 'a b\n1 2'],
    ['before\n\n---\n\nafter', 'before\n\n\nafter'],
    ['call `f(**x)` **now**', 'call f(**x) now'],
    ['``a ` b``', 'a ` b'],
    ['```python\ndef __init__(self): # *x*\n```\nend', 'def __init__(self): # *x*\nend'],
    ['~~~\n```\n~~~', '```'],
    ['```\nnever ended **x**', 'never ended **x**'],
    ['snake_case_name and 2 * 3 * 4', 'snake_case_name and 2 * 3 * 4'],
    [String.raw`\*not slanted\*`, '*not slanted*'],
    ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
    ['plain', 'plain'],
    ['', ''],
  ])('%j', (text, read) => {
    expect(withoutMarkdown(text)).toBe(read);
  });

  it('takes no longer for what is made to take long', () => {
    for (const nasty of ['*', '[', '_a', '**a', '`', '(', '> ', '| ', '[^', '- -']) {
      const before = process.cpuUsage();
      withoutMarkdown(nasty.repeat(1_000));
      expect(process.cpuUsage(before).user).toBeLessThan(200_000);
    }
  });
});
