import fc from 'fast-check';

import { splitThinking } from './think-tags';

describe('splitThinking', () => {
  it.each([
    ['Hello', '', 'Hello'],
    ['<think>a</think>b', 'a', 'b'],
    ['\n<think>\na\n</think>\n\nb', 'a', 'b'],
    ['<think>still', 'still', ''],
    ['<think>half</thi', 'half', ''],
    ['<think>1 < 2', '1 < 2', ''],
    ['<th', '', ''],
    ['a\n</think>\nb', 'a', 'b'],
    ['Use `</think>` to close.', '', 'Use `</think>` to close.'],
    ['```\n<think>\nx\n</think>\n```', '', '```\n<think>\nx\n</think>\n```'],
    ['', '', ''],
  ])('takes %j apart', (text, reasoning, content) => {
    expect(splitThinking(text)).toEqual({ reasoning, content });
  });

  it('never shows a piece of a tag while the text grows', () => {
    const word = fc.stringMatching(/^[a-z ]{1,20}$/);
    fc.assert(
      fc.property(word, word, fc.nat(), (thought, speech, cut) => {
        const text = `<think>${thought}</think>${speech}`;
        const { reasoning, content } = splitThinking(text.slice(0, cut % (text.length + 1)));
        expect(thought.startsWith(reasoning) || thought.trim().startsWith(reasoning)).toBe(true);
        expect(speech.trimStart().startsWith(content)).toBe(true);
      }),
    );
  });
});
