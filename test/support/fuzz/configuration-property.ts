import { readFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { dump, load } from 'js-yaml';
import { loadConfiguration } from '../../../server/src/config/load-configuration.js';
import { type FuzzRuns } from './seed.js';
import { hostileText, spoilt } from './hostile-values.js';

const EXAMPLE = readFileSync(new URL('../../../config.yaml.example', import.meta.url), 'utf8');
const CANARY = 'canary-secret-0123456789abcdef';
/** With every documented key in force that stands there as a comment. */
const UNCOMMENTED = EXAMPLE.replaceAll(/^( *)#(?=[a-z_]+:)/gm, '$1');
const TEXTS = [EXAMPLE, UNCOMMENTED].map((text) =>
  text.replace('change-me-to-something-random', `${CANARY}-one`),
);
const BOMBS = [
  'a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b]\n' +
    'd: &d [*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d]\nmodels: [*e,*e,*e,*e,*e,*e]\n',
  'app: &a\n  b: *a\n',
  `groups: ${'{a: '.repeat(5_000)}`,
  `models: ${'['.repeat(50_000)}`,
  '<<: [{a: 1}, {b: 2}]\n__proto__: {polluted: true}\nconstructor: {prototype: {polluted: 1}}\n',
  '? {a: b}\n: c\n? [x]\n: y\n',
  '--- \na: 1\n--- \nb: 2\n',
  '!!js/function "function () {}"',
  'a: !!binary x\nb: !!set {a, b}\nc: !!timestamp 2001-01-01\n',
  `app: {name: "${'x'.repeat(100_000)}"}`,
];

interface LineChange {
  at: number;
  kind: 'drop' | 'double' | 'indent' | 'outdent' | 'cut' | 'insert' | 'append' | 'swap';
  text: string;
}

const lineChange: fc.Arbitrary<LineChange> = fc.record({
  at: fc.nat(2_000),
  kind: fc.constantFrom(
    ...(['drop', 'double', 'indent', 'outdent', 'cut', 'insert', 'append', 'swap'] as const),
  ),
  text: fc.oneof(
    hostileText,
    fc.constantFrom(' - ', ': ', '{', '}', '[', '|', '>', '&a ', '*a', '!!int', '\t', '#', '? '),
  ),
});

function changedLines(text: string, changes: readonly LineChange[]): string {
  let lines = text.split('\n');
  for (const { at, kind, text: piece } of changes) {
    const index = at % Math.max(1, lines.length);
    const line = lines[index] ?? '';
    if (kind === 'drop') lines = lines.toSpliced(index, 1);
    else if (kind === 'double') lines = lines.toSpliced(index, 0, line);
    else if (kind === 'insert') lines = lines.toSpliced(index, 0, piece);
    else if (kind === 'swap') lines = [...lines.slice(index), ...lines.slice(0, index)];
    else lines = lines.with(index, changedLine(line, kind, piece));
  }
  return lines.join('\n');
}

function changedLine(line: string, kind: LineChange['kind'], piece: string): string {
  if (kind === 'indent') return ` ${line}`;
  if (kind === 'outdent') return line.replace(/^ /, '');
  return kind === 'cut' ? line.slice(0, Math.ceil(line.length / 2)) : line + piece;
}

const byLines = fc
  .tuple(fc.constantFrom(...TEXTS), fc.array(lineChange, { minLength: 1, maxLength: 6 }))
  .map(([text, changes]) => changedLines(text, changes));
const byTree = spoilt(fc.constantFrom<unknown>(...TEXTS.map((text) => load(text))), []).map(
  (tree) => dump(tree, { skipInvalid: true }),
);
const written = fc.oneof(
  { weight: 5, arbitrary: byLines },
  { weight: 5, arbitrary: byTree },
  { weight: 1, arbitrary: fc.constantFrom(...BOMBS) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(...BOMBS), byLines).map((two) => two.join('\n')),
  },
);

/** The example, spoilt in every way: a configuration, or errors that say what is wrong. */
export function configurationsAreReadOrRefused({ seed, runs }: FuzzRuns): { valid: number } {
  let valid = 0;
  fc.assert(
    fc.property(written, (text) => {
      const loaded = loadConfiguration({ text, env: {} });
      if (loaded.ok) valid += 1;
      const problems = loaded.ok ? loaded.warnings : [...loaded.errors, ...loaded.warnings];
      expect(loaded.ok || loaded.errors.length > 0).toBe(true);
      for (const { message } of problems) {
        expect(message).not.toMatch(/^$|\n\s+at |TypeError|undefined|\[object/);
      }
      expect(JSON.stringify(problems)).not.toContain(CANARY);
      expect(Object.keys(Object.prototype)).toEqual([]);
      expect({}).not.toHaveProperty('polluted');
    }),
    { seed, numRuns: runs },
  );
  return { valid };
}
