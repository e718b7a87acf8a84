import { describe, expect, it } from '@jest/globals';
import { AnswerDraft } from './answer-draft.js';

function draft(start = { content: '', reasoning: '' }) {
  let nowMs = 0;
  const made = new AnswerDraft('a', 'c', 'u', start, () => (nowMs += 1));
  const say = (content: string, reasoning = '', finishReason: string | null = null) =>
    made.take({ content, reasoning, finishReason });
  return { made, say };
}

describe('an answer under way', () => {
  it('notes when it first thought and when it first spoke', () => {
    const { made, say } = draft();
    say('', '');
    say('', 'Hm');
    say('', 'ok');
    say('Hi');
    expect(made).toMatchObject({ firstAtMs: 1, thoughtAtMs: 1, spokeAtMs: 3 });
    expect(made.complete()).toEqual({ content: 'Hi', reasoning: 'Hmok' });
  });

  it('goes on after what it has, and thinks a further thought apart', () => {
    const { made, say } = draft({ content: 'one ', reasoning: 'Hm' });
    say('', 'Again');
    say('two', '', 'stop');
    expect(made.complete()).toEqual({ content: 'one two', reasoning: 'Hm\n\nAgain' });
    expect(made.finishReason).toBe('stop');
  });

  it('takes nothing more once it is stopped, for the first reason', () => {
    const { made, say } = draft();
    say('Hel');
    made.stop('person');
    made.stop('restart');
    say('lo');
    expect(made.signal.aborted).toBe(true);
    expect(made.stopReason).toBe('person');
    expect(made.complete().content).toBe('Hel');
  });

  it('is cut where it is too long to keep', () => {
    const { made, say } = draft();
    say('x'.repeat(8_000_000));
    expect(made.stopReason).toBeNull();
    say('x');
    expect(made.stopReason).toBe('too_long');
  });

  it('says what is new to those who follow it, and that it is over', async () => {
    const { made, say } = draft();
    let told = 0;
    const forget = made.text.onChange(() => (told += 1));
    say('Hi');
    say('');
    expect(told).toBe(1);
    expect(made.text.after({ content: 1, reasoning: 0 }, 10)).toEqual({
      content: 'i',
      reasoning: '',
    });
    made.end();
    await made.ended;
    expect(told).toBe(2);
    forget();
    expect(made.text.isOver).toBe(true);
  });
});
