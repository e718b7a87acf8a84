import { growthData } from './growth-data';

describe('the growth of people', () => {
  it('begins with those who were there, and carries who came', () => {
    const buckets = ['1', '2', '3'].map((label) => ({ label, name: label }));
    const names = { before: 'before', joined: 'new' };
    const { series } = growthData({ before: 40, joined: [2, 0, 3] }, buckets, names);
    expect(series.map(({ values }) => values)).toEqual([
      [40, 42, 42],
      [2, 0, 3],
    ]);
  });
});
