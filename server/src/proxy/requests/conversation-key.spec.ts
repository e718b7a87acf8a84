import { describe, expect, it } from '@jest/globals';
import { conversationKey } from './conversation-key.js';

const system = { role: 'system', content: 'Be brief.' };
const question = { role: 'user', content: 'Why does ice float?' };
const answer = { role: 'assistant', content: 'It is less dense.' };
const another = { role: 'user', content: 'And steam?' };

describe('conversationKey', () => {
  it('is the same for each request of a conversation', () => {
    const first = conversationKey([system, question]);
    expect(first).toMatch(/^[\w-]{22}$/);
    expect(conversationKey([system, question, answer, another])).toBe(first);
  });

  it.each([
    ['another question', [system, another]],
    ['other instructions', [question]],
    ['another beginning', [system, answer, question]],
  ])('differs with %s', (_what, messages) => {
    expect(conversationKey(messages)).not.toBe(conversationKey([system, question]));
  });

  it('is that of a text that is the question', () => {
    expect(conversationKey('Why?')).toBe(conversationKey('Why?'));
    expect(conversationKey('Why?')).not.toBe(conversationKey('How?'));
  });

  it.each([[[]], [[system]], [null], [7], [{}]])('is none for %j', (messages) => {
    expect(conversationKey(messages)).toBeNull();
  });
});
