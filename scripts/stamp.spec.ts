import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashFiles } from './stamp.mjs';

describe('the hash of sources', () => {
  let folder: string;
  const write = (name: string, content: string) => writeFileSync(join(folder, name), content);
  const hash = () => hashFiles(folder, ['src', 'config.json']);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lumen-stamp-'));
    mkdirSync(join(folder, 'src', 'dist'), { recursive: true });
    write('src/a.ts', 'one');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it.each([
    ['a changed file', () => write('src/a.ts', 'two')],
    ['a new file', () => write('src/b.ts', '')],
    ['a removed file', () => rmSync(join(folder, 'src/a.ts'))],
    ['a file that was absent', () => write('config.json', '')],
  ])('changes with %s', (_, change) => {
    const before = hash();
    change();
    expect(hash()).not.toBe(before);
  });

  it.each([
    ['output', () => write('src/dist/a.js', 'x')],
    ['specs, which are not built', () => write('src/a.spec.ts', 'x')],
    ['the time of a file', () => utimesSync(join(folder, 'src/a.ts'), 1, 1)],
  ])('does not change with %s', (_, change) => {
    const before = hash();
    change();
    expect(hash()).toBe(before);
  });

  it('tells content from names', () => {
    write('src/b.ts', 'x');
    const before = hash();
    rmSync(join(folder, 'src/b.ts'));
    write('src/a.ts', 'onesrc/b.ts');
    expect(hash()).not.toBe(before);
  });
});
