import { appendFileSync } from 'node:fs';

/** One measured figure beside what is promised of it. */
export interface Figure {
  /** What was measured, in words a reader knows: "search for a rare word, PostgreSQL". */
  name: string;
  measured: number;
  unit: string;
  /** The promise; a figure without one is only worth knowing. */
  atMost?: number;
  atLeast?: number;
}

/** Several figures of one kind, with one promise: `{ 'first page': 3.2, … }`. */
export function figuresOf(
  subject: string,
  measured: Readonly<Record<string, number>>,
  promise: Omit<Figure, 'name' | 'measured'>,
): Figure[] {
  return Object.entries(measured).map(([name, value]) => ({
    name: `${subject}: ${name}`,
    measured: value,
    ...promise,
  }));
}

/**
 * Says every figure, notes all for docs/proof.md (scripts/tasks/prove.mjs names the file), and only
 * then throws if a promise is missed: a missed figure is noted like a kept one.
 */
export function prove(...figures: readonly Figure[]): void {
  const path = process.env['PROOF_FILE'];
  for (const figure of figures) {
    process.stdout.write(`${textOf(figure)}\n`);
    if (path !== undefined) appendFileSync(path, `${JSON.stringify(figure)}\n`);
  }
  const missed = figures.filter((figure) => !isKept(figure));
  if (missed.length > 0) throw new Error(`Missed:\n${missed.map(textOf).join('\n')}`);
}

const isKept = ({ measured, atMost = Infinity, atLeast = -Infinity }: Figure): boolean =>
  measured <= atMost && measured >= atLeast;

function textOf({ name, measured, unit, atMost, atLeast }: Figure): string {
  const bounds = [
    ...(atMost === undefined ? [] : [`at most ${atMost}`]),
    ...(atLeast === undefined ? [] : [`at least ${atLeast}`]),
  ];
  const promise = bounds.length === 0 ? '' : ` (promised: ${bounds.join(', ')})`;
  return `${name}: ${Number(measured.toPrecision(4))} ${unit}${promise}`;
}
