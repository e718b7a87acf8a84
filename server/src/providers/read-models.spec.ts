import { describe, expect, it } from '@jest/globals';
import { type AppError } from '../infrastructure/errors/app-error.js';
import { readModels } from './read-models.js';

describe('readModels', () => {
  it('keeps the order, and the settings of those that have some', () => {
    const settings = { b: { inputCostPerMillion: 2.5, access: 'blocked' } };
    expect(readModels(['b', 'a', '__proto__'], settings)).toEqual([
      { name: 'b', settings: { inputCostPerMillion: 2.5, access: 'blocked' } },
      { name: 'a', settings: {} },
      { name: '__proto__', settings: {} },
    ]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['which is not in models', { other: {} }],
    ['"a"', { a: null }],
    ['"a"', { a: 'free' }],
    ['"a"', { a: [] }],
    ['"a"', { a: { unknown: 1 } }],
    ['inputCostPerMillion', { a: { inputCostPerMillion: -1 } }],
    ['inputCostPerMillion', { a: { inputCostPerMillion: '1' } }],
    ['outputCostPerMillion', { a: { outputCostPerMillion: 1e9 } }],
    ['audioCostPerHour', { a: { audioCostPerHour: Number.NaN } }],
    ['contextWindow', { a: { contextWindow: 0 } }],
    ['maxOutputTokens', { a: { maxOutputTokens: 1.5 } }],
    ['access', { a: { access: 'whitelisted' } }],
    ['needsAck', { a: { needsAck: 'yes' } }],
    ['ackMessage', { a: { ackMessage: 'x'.repeat(5001) } }],
    ['notice', { a: { notice: 'a\0b' } }],
    ['inputModalities', { a: { inputModalities: ['<b>'] } }],
    ['outputModalities', { a: { outputModalities: 'text' } }],
  ])('refuses, naming %s, %j', (named, settings) => {
    expect(() => readModels(['a'], settings)).toThrow(named);
    expect(() => readModels(['a'], settings)).toThrow(
      expect.objectContaining({ code: 'invalid_request' }),
    );
  });

  it('says everything that is wrong, up to a bound', () => {
    const settings = Object.fromEntries(
      Array.from({ length: 1000 }, (_, index) => [`m${index}`, { access: 1 }]),
    );
    let problems: unknown;
    try {
      readModels(['a'], settings);
    } catch (error) {
      problems = (error as AppError).details;
    }
    const first = 'modelSettings names "m0", which is not in models.';
    const list = expect.arrayContaining([first]) as unknown;
    expect(problems).toEqual({ fields: { modelSettings: list } });
    expect((problems as { fields: { modelSettings: [] } }).fields.modelSettings).toHaveLength(20);
  });
});
