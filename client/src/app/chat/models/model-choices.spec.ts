import { aModel } from '../../../testing/fixtures';
import { contextSize, fewModels, modelChoices } from './model-choices';

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

describe('fewModels', () => {
  const many = (count: number) =>
    'abcdefgh'
      .slice(0, count)
      .split('')
      .map((id) => aModel({ id }));
  const few = (count: number, ...likely: (string | null)[]) =>
    fewModels(many(count), likely)
      .map(({ id }) => id)
      .join('');

  it.each([
    [0, [], ''],
    [4, ['c'], 'abcd'],
    [5, [], 'abc'],
    [8, ['g', 'b'], 'gba'],
    [8, [null, 'e'], 'eab'],
    [8, ['e', 'e'], 'eab'],
    [8, ['not there'], 'abc'],
  ])('of %i models, %j first, are %j', (count, likely, expected) => {
    expect(few(count, ...likely)).toBe(expected);
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
