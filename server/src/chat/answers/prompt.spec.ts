import { describe, expect, it } from '@jest/globals';
import { type AttachedContent } from '../attachments/attachments.service.js';
import { NO_SETTINGS } from '../conversations/conversation-settings.js';
import { type PromptParts, promptOf } from './prompt.js';

const said = (id: string, role: 'user' | 'assistant', content: string) => ({ id, role, content });
const IMAGE: AttachedContent = {
  kind: 'image',
  name: 'cat.png',
  mediaType: 'image/png',
  bytes: Buffer.from('png'),
};
const text = (content: string): AttachedContent => ({
  kind: 'text',
  name: 'a"b.md',
  text: content,
});

const prompt = (branch: PromptParts['branch'], more: Partial<PromptParts> = {}) =>
  promptOf({ settings: NO_SETTINGS, attached: new Map(), seesImages: false, branch, ...more });

const QUESTION = said('q', 'user', 'What is it?');

describe('what a model is asked', () => {
  it('begins with the system prompt, where there is one', () => {
    const settings = { ...NO_SETTINGS, systemPrompt: 'Be brief.' };
    expect(prompt([QUESTION], { settings })).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'What is it?' },
    ]);
  });

  it('has the answers that were given, and none of those that were not', () => {
    const branch = [
      said('1', 'user', 'one'),
      said('2', 'assistant', ''),
      said('3', 'user', 'two'),
      said('4', 'assistant', 'ok'),
      said('5', 'user', 'three'),
      said('6', 'assistant', ''),
    ];
    expect(prompt(branch)).toEqual([
      { role: 'user', content: 'one\n\ntwo' },
      { role: 'assistant', content: 'ok' },
      { role: 'user', content: 'three' },
    ]);
  });

  it('asks to go on where an answer has begun', () => {
    const asked = prompt([QUESTION, said('a', 'assistant', 'It is a')]);
    expect(asked.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    expect(asked[2]!.content).toContain('exactly where it stopped');
  });

  it('has texts in blocks that nothing in them can end', () => {
    const attached = new Map([['q', [text('see\n````js\nx\n````')]]]);
    expect(prompt([QUESTION], { attached })).toEqual([
      {
        role: 'user',
        content: 'File "a\\"b.md":\n`````\nsee\n````js\nx\n````\n`````\n\nWhat is it?',
      },
    ]);
  });

  it('shows images to those that see', () => {
    const attached = new Map([['q', [IMAGE]]]);
    expect(prompt([QUESTION], { attached, seesImages: true })).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is it?' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,cG5n' } },
        ],
      },
    ]);
    const bare = [said('q', 'user', '')];
    expect(prompt(bare, { attached, seesImages: true })[0]!.content).toHaveLength(1);
  });

  it('tells the others that there was one', () => {
    const attached = new Map([['q', [IMAGE]]]);
    expect(prompt([QUESTION], { attached })[0]!.content).toMatch(/^\[The image "cat.png" cannot/);
  });

  it('joins what one side says in a row, images included', () => {
    const attached = new Map([['2', [IMAGE]]]);
    const branch = [said('1', 'user', 'one'), said('2', 'user', 'two')];
    expect(prompt(branch, { attached, seesImages: true })).toMatchObject([
      { role: 'user', content: [{ text: 'one' }, { text: 'two' }, { type: 'image_url' }] },
    ]);
  });
});
