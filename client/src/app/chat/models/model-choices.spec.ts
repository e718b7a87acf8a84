import { aModel } from '../../../testing/fixtures';
import { contextSize, modelChoices } from './model-choices';

const MODELS = [
  aModel({ id: 'a', name: 'Alpha', description: 'for code' }),
  aModel({ id: 'b', name: 'Beta', description: null }),
  aModel({ id: 'c', name: 'Gamma', status: 'down' }),
];

const shape = (search: string, defaultId: string | null = 'b') =>
  modelChoices(MODELS, defaultId, search).map(({ name, models }) => [
    name,
    models.map(({ id }) => id).join(),
  ]);

describe('modelChoices', () => {
  it('puts the default first and what does not work last', () => {
    expect(shape('')).toEqual([
      ['recommended', 'b'],
      ['all', 'a'],
      ['unavailable', 'c'],
    ]);
    expect(shape('', 'c')).toEqual([
      ['all', 'a,b'],
      ['unavailable', 'c'],
    ]);
  });

  it.each([
    ['alp', [['all', 'a']]],
    ['CODE alpha', [['all', 'a']]],
    ['beta', [['recommended', 'b']]],
    ['code beta', []],
    ['nothing', []],
  ])('finds %j', (search, expected) => {
    expect(shape(search)).toEqual(expected);
  });
});

describe('contextSize', () => {
  it.each([
    [8192, '8K'],
    [131_072, '128K'],
    [128_000, '128K'],
    [200_000, '200K'],
    [1_000_000, '1M'],
    [1_048_576, '1M'],
    [2_500_000, '2.5M'],
  ])('%i is %s', (tokens, expected) => {
    expect(contextSize(tokens)).toBe(expected);
  });
});
