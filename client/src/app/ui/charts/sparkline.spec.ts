import { sparkPoints } from './sparkline';

describe('a sparkline', () => {
  it('puts nothing at the foot and the most at the top', () => {
    expect(sparkPoints([0, 5, 10]).join(' ')).toBe('2.0,22.0 48.0,12.0 94.0,2.0');
  });

  it.each<[number[], string]>([
    [[], ''],
    [[0, 0], '2.0,22.0 94.0,22.0'],
    [[3], '2.0,2.0'],
  ])('of %j is drawn at %j', (values, points) => {
    expect(sparkPoints(values).join(' ')).toBe(points);
  });
});
