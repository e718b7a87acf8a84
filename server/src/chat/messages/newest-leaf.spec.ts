import { describe, expect, it } from '@jest/globals';
import { type MessageLeaf, newestLeaf, oldestFirst } from './newest-leaf.js';

/** `name<parent@time#comparison` */
function tree(...texts: string[]): MessageLeaf[] {
  return texts.map((text) => {
    const [, id, parentId, time, comparisonId] =
      /^(\w+)(?:<(\w+))?@(\d+)(?:#(\w+))?$/.exec(text) ?? [];
    return {
      id: id!,
      parentId: parentId ?? null,
      createdMs: Number(time),
      comparisonId: comparisonId ?? null,
    };
  });
}

describe('newestLeaf', () => {
  it.each([
    ['nothing', [], null],
    ['the message itself', ['a@1'], 'a'],
    ['the end of a branch', ['a@1', 'b<a@2', 'c<b@3'], 'c'],
    ['the end that was said last', ['a@1', 'b<a@2', 'c<a@3', 'd<b@4'], 'd'],
    ['never a message that others follow', ['a@9', 'b<a@2'], 'b'],
    ['by id what was said at the same time', ['a@1', 'c<a@2', 'b<a@2'], 'c'],
    ['the first of compared answers', ['a@1', 'b<a@2#x', 'c<a@2#x'], 'b'],
    ['what follows a compared answer', ['a@1', 'b<a@2#x', 'c<a@2#x', 'd<c@3'], 'd'],
    ['a compared answer with no other left', ['a@1', 'b<a@2#x', 'c<a@3#x', 'd<b@2'], 'c'],
    ['the newer of two comparisons', ['a@1', 'b<a@2#x', 'c<a@2#x', 'd<a@3#y', 'e<a@3#y'], 'd'],
  ])('finds %s', (_, texts, found) => {
    const messages = tree(...texts);
    expect(newestLeaf(messages)?.id ?? null).toBe(found);
    expect(newestLeaf([...messages].reverse())?.id ?? null).toBe(found);
  });
});

describe('oldestFirst', () => {
  it('sorts by time, then by id', () => {
    const [a, b, c] = tree('a@2', 'b@1', 'c@1');
    expect([a!, c!, b!].sort(oldestFirst).map(({ id }) => id)).toEqual(['b', 'c', 'a']);
    expect(oldestFirst(a!, a!)).toBe(0);
  });
});
