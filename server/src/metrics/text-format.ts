/** Names and values of labels, in the order in which they are written. */
export type Labels = Readonly<Record<string, string>>;

const SPECIAL = /[\\"\n]/g;

/** Labels as they stand between braces. Made once for a line that is written at each look. */
export function labelText(labels: Labels): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${value.replace(SPECIAL, escaped)}"`)
    .join(',');
}

/** One line of the page: a metric, the text of its labels, its value. */
export function line(name: string, labels: string, value: number): string {
  const braced = labels === '' ? '' : `{${labels}}`;
  return `${name}${braced} ${numberText(value)}`;
}

function numberText(value: number): string {
  if (Number.isFinite(value)) return String(value);
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? '+Inf' : '-Inf';
}

function escaped(char: string): string {
  return char === '\n' ? '\\n' : `\\${char}`;
}
