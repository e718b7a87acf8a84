import { colourPlaces, seriesColours } from './series-colours';

describe('colours of series', () => {
  it('stay the same whatever stands beside them, unless two want one', () => {
    const [alone] = colourPlaces(['llama-3']);
    expect(colourPlaces(['llama-3', 'qwen-3-72b'])[0]).toBe(alone);
  });

  it('differ within a chart', () => {
    const names = Array.from({ length: 7 }, (_, n) => `model-${n}`);
    expect(new Set(colourPlaces(names)).size).toBe(7);
  });

  it('do not run out', () => {
    const names = Array.from({ length: 9 }, (_, n) => `model-${n}`);
    expect(colourPlaces(names)).toHaveLength(9);
  });

  it('are grey for what is left, in both themes', () => {
    const series = [{ name: 'm' }, { name: 'Other 6', isRest: true }];
    expect(seriesColours(series, false)[1]).toBe('#5F6368');
    expect(seriesColours(series, true)[1]).toBe('#C4C7C5');
  });
});
