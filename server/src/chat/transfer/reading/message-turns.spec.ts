import { describe, expect, it } from '@jest/globals';
import { type SourceMessage, turnsOf } from './message-turns.js';

type Told = [key: string, parent: string | null, role: 'user' | 'assistant' | null, text?: string];

const source = (...told: Told[]): SourceMessage[] =>
  told.map(([key, parentKey, role, content = key]) => ({
    key,
    parentKey,
    role,
    content,
    reasoning: '',
    model: null,
    state: 'complete',
    finishReason: null,
    createdMs: null,
  }));

/** `content <- place of the parent`, and the last one that is shown. */
function shown(messages: SourceMessage[], currentKey: string | null = null) {
  const { messages: turns, current } = turnsOf(messages, currentKey, 1_000);
  for (const [place, { parent }] of turns.entries()) expect(parent ?? -1).toBeLessThan(place);
  return [...turns.map(({ content, parent }) => `${content} <- ${parent}`), `shown ${current}`];
}

describe('messages of other products', () => {
  it('keep their branches', () => {
    const tree = source(
      ['a2', 'q1', 'assistant'],
      ['q1', null, 'user'],
      ['a1', 'q1', 'assistant'],
      ['q2', 'a2', 'user'],
    );
    const turns = ['q1 <- null', 'a2 <- 0', 'a1 <- 0', 'q2 <- 1'];
    expect(shown(tree, 'q2')).toEqual([...turns, 'shown 3']);
    expect(shown(tree, 'a1')).toEqual([...turns, 'shown 2']);
    expect(shown(tree, 'nowhere')).toEqual([...turns, 'shown 3']);
  });

  it('pass over what is not shown', () => {
    const tree = source(
      ['root', null, null],
      ['system', 'root', null],
      ['q', 'system', 'user'],
      ['call', 'q', null],
      ['a', 'call', 'assistant'],
    );
    expect(shown(tree, 'call')).toEqual(['q <- null', 'a <- 0', 'shown 1']);
  });

  it('are one where one goes on speaking', () => {
    const tree = source(
      ['q', null, 'user'],
      ['a', 'q', 'assistant'],
      ['b', 'a', 'assistant'],
      ['c', 'b', 'assistant'],
      ['again', 'a', 'user'],
    );
    expect(shown(tree, 'b')).toEqual([
      'q <- null',
      'a <- 0',
      'again <- 1',
      'a\n\nb\n\nc <- 0',
      'shown 3',
    ]);
  });

  it('have a question where there was none', () => {
    expect(shown(source(['a', null, 'assistant'], ['b', null, 'assistant']))).toEqual([
      '… <- null',
      'a <- 0',
      'b <- 0',
      'shown 2',
    ]);
  });

  it('come after what they follow', () => {
    const [one, two] = source(['q', null, 'user'], ['a', 'q', 'assistant']);
    const { messages } = turnsOf(
      [
        { ...one!, createdMs: 5_000 },
        { ...two!, createdMs: 3_000 },
      ],
      null,
      1_000,
    );
    expect(messages.map(({ createdMs }) => createdMs)).toEqual([5_000, 5_001]);
  });

  it.each<[string, SourceMessage[], string]>([
    ['nothing', [], 'no messages'],
    ['what is not shown', source(['x', null, null]), 'no messages'],
    ['a missing parent', source(['q', null, 'user'], ['a', 'gone', 'assistant']), 'not there'],
    [
      'a circle',
      source(['q', null, 'user'], ['a', 'b', 'assistant'], ['b', 'a', 'user']),
      'circle',
    ],
    ['itself', source(['a', 'a', 'user']), 'circle'],
    ['the same twice', source(['a', null, 'user'], ['a', null, 'user']), 'same id'],
    [
      'too many',
      source(...Array.from({ length: 10_001 }, (_, n): Told => [`${n}`, null, 'user'])),
      'more than 10000',
    ],
  ])('are refused: %s', (_case, messages, reason) => {
    expect(() => turnsOf(messages, null, 1_000)).toThrow(reason);
  });

  it('are refused where they would grow beyond measure', () => {
    const text = 'x'.repeat(10_000);
    const told = Array.from({ length: 4_000 }, (_, n): Told[] => [
      [`a${n}`, n === 0 ? null : `a${n - 1}`, 'assistant', text],
      [`q${n}`, `a${n}`, 'user', '?'],
    ]);
    expect(() => turnsOf(source(...told.flat()), null, 1_000)).toThrow('too large');
  });

  it('may be as deep as they are many', () => {
    const told = Array.from({ length: 10_000 }, (_, n): Told => [
      `${n}`,
      n === 0 ? null : `${n - 1}`,
      n % 2 ? 'assistant' : 'user',
    ]);
    expect(turnsOf(source(...told), null, 1_000).current).toBe(9_999);
  });
});
