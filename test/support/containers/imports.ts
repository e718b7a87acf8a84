import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DEPLOY } from './compose-file.js';

const ROOT = path.join(DEPLOY, '..');

/** The files of the repository that a script imports, and those that they do. */
export function importsOf(file: string, known = new Set<string>()): Set<string> {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  for (const [, name] of text.matchAll(/(?:from|import\() ?'(\.\.?\/[^']+)'/g)) {
    const imported = path.posix.join(path.posix.dirname(file), name!);
    if (known.has(imported)) continue;
    known.add(imported);
    importsOf(imported, known);
  }
  return known;
}

const PACKAGE = /^(?:import|export)[^;]*? from '([^'.][^']*)';|\bimport\('([^'.][^']*)'\)/gm;

/** The packages that the program in a folder imports, its specs left out; without those of Node. */
export function packagesOf(folder: string): Set<string> {
  const files = readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !/\.spec\.ts$|(^|\/)testing\//.test(name),
  );
  const names = files.flatMap((name) => {
    const text = readFileSync(path.join(ROOT, folder, name), 'utf8');
    return [...text.matchAll(PACKAGE)].map(([, imported, loaded]) => (imported ?? loaded)!);
  });
  const packages = names.filter((name) => !name.startsWith('node:'));
  return new Set(packages.map((name) => /^(@[^/]+\/[^/]+|[^/]+)/.exec(name)![0]));
}
