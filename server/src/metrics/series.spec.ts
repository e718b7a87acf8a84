import { describe, expect, it } from '@jest/globals';
import { ModelLabels } from './model-labels.js';
import { OTHER, Series } from './series.js';

describe('Series', () => {
  const counting = (most?: number) => new Series(['a', 'b'], () => ({ value: 0 }), most);

  it('has one cell for each combination of values', () => {
    const series = counting();
    series.at('x', 'y').value += 1;
    series.at('x', 'y').value += 1;
    series.at('x', 'z').value += 5;
    series.at('y', 'x').value += 7;
    expect(series.all).toEqual([
      { labels: 'a="x",b="y"', cell: { value: 2 } },
      { labels: 'a="x",b="z"', cell: { value: 5 } },
      { labels: 'a="y",b="x"', cell: { value: 7 } },
    ]);
  });

  it('adds to one cell what is beyond the most, and loses nothing', () => {
    const series = counting(100);
    for (let index = 0; index < 10_000; index += 1) series.at(`a${index}`, `b${index}`).value += 1;
    expect(series.all).toHaveLength(101);
    expect(series.at(OTHER, OTHER).value).toBe(9_900);
    expect(series.at('a0', 'b0').value).toBe(1);
  });

  it('takes names that objects have by nature for names', () => {
    const series = counting();
    series.at('__proto__', 'constructor').value += 1;
    expect(series.at('__proto__', 'constructor').value).toBe(1);
    expect(series.all).toHaveLength(1);
  });
});

describe('ModelLabels', () => {
  it('knows the models of the catalogue and calls all others "other"', () => {
    const labels = new ModelLabels((model) => model === 'house/model');
    expect(labels.of('house/model')).toBe('house/model');
    expect(labels.of('made up')).toBe(OTHER);
    expect(labels.of('')).toBe(OTHER);
  });

  it('has at most a thousand of 10,000 names, and keeps those it gave', () => {
    const labels = new ModelLabels(() => true);
    const given = new Set<string>();
    for (let index = 0; index < 10_000; index += 1) given.add(labels.of(`model-${index}`));
    expect(given.size).toBe(1_001);
    expect(labels.of('model-0')).toBe('model-0');
    expect(labels.of('model-9999')).toBe(OTHER);
  });
});
