import { describe, expect, it } from '@jest/globals';
import { applyChanges } from './provider-changes.js';
import { Provider } from './provider.entity.js';

const BEFORE = Object.assign(new Provider(), {
  name: 'Ollama',
  slug: 'ollama',
  models: [
    { name: 'one', settings: { inputCostPerMillion: 2.5, contextWindow: 4096 } },
    { name: 'two', settings: { notice: 'New' } },
  ],
});

describe('applyChanges', () => {
  it('puts added settings beside those that a model has, and leaves other models alone', () => {
    const addedSettings = { one: { contextWindow: 8192, supportsReasoning: true } };
    expect(applyChanges(BEFORE, { addedSettings }).models).toEqual([
      {
        name: 'one',
        settings: { inputCostPerMillion: 2.5, contextWindow: 8192, supportsReasoning: true },
      },
      { name: 'two', settings: { notice: 'New' } },
    ]);
    expect(BEFORE.models[0]!.settings.contextWindow).toBe(4096);
  });

  it.each([
    ['a model that is gone', { three: { contextWindow: 1 } }],
    ['what cannot be right', { one: { contextWindow: -1 } }],
    ['a setting that there is not', { one: { color: 'red' } }],
  ])('refuses to add settings of %s', (_what, addedSettings) => {
    expect(() => applyChanges(BEFORE, { addedSettings })).toThrow(
      expect.objectContaining({ code: 'invalid_request' }),
    );
  });
});
