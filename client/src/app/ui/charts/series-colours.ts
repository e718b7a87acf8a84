/** Each at least 4.5:1 on the page's surfaces. The last is for what is left. */
const LIGHT = ['#0B57D0', '#B3541E', '#1B7F5C', '#8430A8', '#00707F', '#7A5C00', '#B3261E'];
const DARK = ['#A8C7FA', '#FFB68A', '#7FDDB3', '#E4B5F5', '#7BD7E8', '#E6C65C', '#FFB4AB'];
const REST = { light: '#5F6368', dark: '#C4C7C5' };

/**
 * The place of each name's colour: by its letters, so that a model has the same on every page; where
 * two would have one colour, the later takes the next that is free.
 */
export function colourPlaces(names: readonly string[]): number[] {
  const taken = new Set<number>();
  return names.map((name) => {
    let place = hashOf(name) % LIGHT.length;
    while (taken.has(place) && taken.size < LIGHT.length) place = (place + 1) % LIGHT.length;
    taken.add(place);
    return place;
  });
}

/** The colours of series in order. */
export function seriesColours(
  series: readonly { name: string; isRest?: boolean }[],
  isDark: boolean,
): string[] {
  const named = series.filter(({ isRest }) => isRest !== true);
  const places = colourPlaces(named.map(({ name }) => name));
  const palette = isDark ? DARK : LIGHT;
  const rest = isDark ? REST.dark : REST.light;
  return series.map((one) => palette[places[named.indexOf(one)] ?? -1] ?? rest);
}

function hashOf(text: string): number {
  let hash = 0;
  for (let place = 0; place < text.length; place += 1) {
    hash = (Math.imul(hash, 31) + text.charCodeAt(place)) >>> 0;
  }
  return hash;
}
