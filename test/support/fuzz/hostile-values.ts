import fc from 'fast-check';
import { type JsonSchema, resolved } from './api-routes.js';

/** What has broken other programs before. None of it looks like what an answer must not tell. */
export const HOSTILE_TEXTS: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\uFEFF',
  '\u202e',
  '../../../../etc/passwd',
  '..%2f..%2f',
  "' OR 1=1 --",
  '"; DROP TABLE x; --',
  '%',
  '_%\\',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '<img src=x onerror=alert(1)>',
  '{{7*7}}${7*7}',
  'null',
  'NaN',
  '-1',
  '1e309',
  '9007199254740993',
  '99999999999999999999999',
  '2024-02-30',
  // Times to ISO 8601, not to JavaScript.
  '2020-W01-1',
  '20300101',
  '2030-01-01T00+01',
  '+275760-09-13T00:00:00.001Z',
  '0000-00-00T00:00:00Z',
  'Europe/Nowhere',
  'http://[::1',
  'http://127.0.0.1:1/',
  'file:///x',
  'javascript:alert(1)',
  'x'.repeat(5_000),
  '(a+)+$'.repeat(50),
  'ﷺ'.repeat(200),
];
const HOSTILE_NUMBERS = [-1, 0, -0, 0.1, 1e21, 1e308, -1e308, 2 ** 31, 2 ** 53, 2 ** 63, 5e-324];

export const hostileText = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE_TEXTS) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ maxLength: 40 }) },
);

const leaf = fc.oneof(
  hostileText,
  fc.constantFrom<unknown>(...HOSTILE_NUMBERS, null, true, false),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

/** Any JSON; names that are more than names to JavaScript included. */
export const hostileJson: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(hostileText, tie('value')), { maxLength: 4 }).map(objectOf),
  ),
})).value;

/** An object that owns these names, `__proto__` too. */
export function objectOf(entries: readonly (readonly [string, unknown])[]): object {
  const object = {};
  for (const [name, value] of entries) {
    Object.defineProperty(object, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return object;
}

/** A value as this schema wants it, as far as the schema tells. */
export function valueOf(schema: JsonSchema, depth = 0): fc.Arbitrary<unknown> {
  const found = resolved(schema);
  const variants = found.allOf ?? found.oneOf ?? found.anyOf;
  if (variants) return fc.oneof(...variants.map((each) => valueOf(each, depth + 1)));
  if (found.enum) return fc.constantFrom(...found.enum);
  if (depth > 5) return fc.constant(null);
  switch (found.type) {
    case 'string':
      return textOf(found);
    case 'integer':
    case 'number':
      return fc.integer({ min: found.minimum ?? 0, max: found.maximum ?? 1_000_000 });
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(valueOf(found.items ?? {}, depth + 1), { maxLength: 3 });
    case 'object':
      return fieldsOf(found, depth);
    default:
      return hostileJson;
  }
}

function textOf({ format, minLength, maxLength }: JsonSchema): fc.Arbitrary<string> {
  if (format === 'date-time') {
    return fc.constantFrom('2026-03-01T00:00:00.000Z', '2020-W01-1', '20300101', '2999');
  }
  const most = Math.min(maxLength ?? 30, 200);
  const plain = fc.constantFrom('default', 'm', 'ada@example.edu', 'name', '2026-03-01', '1');
  return fc.oneof(plain, fc.string({ minLength: Math.min(minLength ?? 0, most), maxLength: most }));
}

function fieldsOf({ properties = {}, required }: JsonSchema, depth: number): fc.Arbitrary<object> {
  const fields = Object.entries(properties).map(
    ([name, each]) => [name, valueOf(each, depth + 1)] as const,
  );
  return fc.record(Object.fromEntries(fields), { requiredKeys: required ?? [] });
}

/** The value with up to three places of it exchanged, removed or added to. */
export function spoilt(value: fc.Arbitrary<unknown>, names: readonly string[]) {
  const name = fc.oneof(hostileText, fc.constantFrom('model', ...names));
  const change = fc.record({
    place: fc.nat(40),
    kind: fc.constantFrom('replace' as const, 'remove' as const, 'add' as const),
    name,
    by: hostileJson,
  });
  return fc
    .tuple(value, fc.array(change, { maxLength: 3 }))
    .map(([start, changes]) => changes.reduce<unknown>(changed, start));
}

interface Change {
  place: number;
  kind: 'replace' | 'remove' | 'add';
  name: string;
  by: unknown;
}

function changed(value: unknown, change: Change): unknown {
  if (typeof value !== 'object' || value === null) return change.by;
  const entries: [string, unknown][] = Object.entries(value);
  if (change.kind === 'add' || entries.length === 0) {
    return Array.isArray(value)
      ? [...(value as unknown[]), change.by]
      : objectOf([...entries, [change.name, change.by]]);
  }
  const at = change.place % entries.length;
  const [name, old] = entries[at]!;
  const isDeeper = typeof old === 'object' && old !== null && change.place % 3 !== 0;
  const replacement = isDeeper
    ? changed(old, { ...change, place: Math.floor(change.place / 3) })
    : change.by;
  const rest =
    change.kind === 'remove' && !isDeeper
      ? entries.toSpliced(at, 1)
      : entries.with(at, [name, replacement]);
  return Array.isArray(value) ? rest.map(([, each]) => each) : objectOf(rest);
}
