import { describe, expect, it } from '@jest/globals';
import { laterReport, NO_USAGE, readUsage, usageOfPart, usageOfWhole } from './reported-usage.js';

const BOUNDS = { promptTokens: 1_000, completionTokens: 100 };
const COUNTED = { promptTokens: 20, completionTokens: 8 };
const usage = (prompt: unknown, completion: unknown, rest: object = {}) => ({
  prompt_tokens: prompt,
  completion_tokens: completion,
  ...rest,
});
const tokens = (prompt: number | null, completion: number | null) => ({
  ...NO_USAGE,
  promptTokens: prompt,
  completionTokens: completion,
});

describe('what is charged for a whole answer, by what its backend reports', () => {
  it.each<[string, unknown, [number, number], string]>([
    ['honest', usage(5, 7, { total_tokens: 12 }), [5, 7], 'exact'],
    ['zero', usage(0, 0), [0, 0], 'exact'],
    ['missing', undefined, [20, 8], 'estimated'],
    ['null', null, [20, 8], 'estimated'],
    ['a list', [usage(5, 7)], [20, 8], 'estimated'],
    ['a text', '12', [20, 8], 'estimated'],
    ['empty', {}, [20, 8], 'estimated'],
    ['negative output', usage(5, -7), [5, 8], 'estimated'],
    ['negative input', usage(-5, 7), [20, 7], 'estimated'],
    ['negative both', usage(-5, -7), [20, 8], 'estimated'],
    ['floats', usage(5.5, 7.25), [20, 8], 'estimated'],
    ['strings', usage('5', '7'), [20, 8], 'estimated'],
    ['huge output', usage(5, 101), [5, 8], 'estimated'],
    ['huge input', usage(1_001, 7), [20, 7], 'estimated'],
    ['beyond whole numbers', usage(1e300, 2 ** 53), [20, 8], 'estimated'],
    ['NaN in disguise', usage(null, [7]), [20, 8], 'estimated'],
    ['a total that is not the sum', usage(5, 7, { total_tokens: 9_999 }), [5, 7], 'exact'],
    ['only a total', { total_tokens: 12 }, [20, 8], 'estimated'],
    ['only output', usage(undefined, 7), [20, 7], 'estimated'],
    ['at the bounds', usage(1_000, 100), [1_000, 100], 'exact'],
  ])('%s', (_what, reported, [prompt, completion], accuracy) => {
    const settled = usageOfWhole(readUsage(reported, BOUNDS), COUNTED);
    expect(settled.usage).toMatchObject({ promptTokens: prompt, completionTokens: completion });
    expect(settled.accuracy).toBe(accuracy);
  });

  it.each<[string, unknown, number | null]>([
    ['part of the prompt', 4, 4],
    ['all of it', 5, 5],
    ['more than the prompt', 6, null],
    ['negative', -1, null],
    ['a string', '4', null],
  ])('cached tokens: %s', (_what, cached, believed) => {
    const reported = usage(5, 7, { prompt_tokens_details: { cached_tokens: cached } });
    expect(readUsage(reported, BOUNDS)?.cachedTokens).toBe(believed);
  });

  it('believes no more reasoning than output', () => {
    const of = (count: number) => ({ completion_tokens_details: { reasoning_tokens: count } });
    expect(readUsage(usage(5, 7, of(7)), BOUNDS)?.reasoningTokens).toBe(7);
    expect(readUsage(usage(5, 7, of(8)), BOUNDS)?.reasoningTokens).toBeNull();
  });
});

describe('two reports of one answer', () => {
  it.each([
    ['the later counts', tokens(5, 7), tokens(6, 9), tokens(6, 9)],
    ['output never falls', tokens(5, 7), tokens(5, 2), tokens(5, 7)],
    ['not to nothing either', tokens(5, 7), tokens(0, 0), tokens(0, 7)],
    ['what is not believed changes nothing', tokens(5, 7), tokens(null, null), tokens(5, 7)],
    ['halves complete each other', tokens(5, null), tokens(null, 7), tokens(5, 7)],
  ])('%s', (_what, earlier, later, together) => {
    expect(laterReport(earlier, later)).toEqual(together);
  });

  it('takes the first as it is', () => {
    expect(laterReport(null, tokens(1, 2))).toEqual(tokens(1, 2));
  });
});

describe('what is charged for part of an answer', () => {
  it.each([
    ['nothing reported', null, [20, 8]],
    ['an interim report', tokens(5, 9), [5, 9]],
    ['an interim report that is behind', tokens(5, 3), [5, 8]],
    ['a report of the prompt alone', tokens(5, null), [5, 8]],
  ])('%s', (_what, reported, [prompt, completion]) => {
    expect(usageOfPart(reported, COUNTED)).toMatchObject({
      accuracy: 'partial',
      usage: { promptTokens: prompt, completionTokens: completion },
    });
  });
});
