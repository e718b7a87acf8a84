import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Copies what git knows, or would know with the next commit, into a folder: a fresh clone. */
export function checkOut(folder: string): void {
  const list = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
  const names = execFileSync('git', list, { cwd: ROOT, encoding: 'utf8' }).split('\0');
  const isThere = new Set(
    execFileSync('git', ['ls-files', '--deleted', '-z'], { cwd: ROOT, encoding: 'utf8' }).split(
      '\0',
    ),
  );
  for (const name of names.filter((each) => each !== '' && !isThere.has(each))) {
    cpSync(path.join(ROOT, name), path.join(folder, name), { preserveTimestamps: true });
  }
}

/** Which paths of a folder .dockerignore lets the builder see: the last pattern that fits decides. */
export function contextFilter(folder: string): (file: string) => boolean {
  const patterns = readFileSync(path.join(folder, '.dockerignore'), 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ isKept: line.startsWith('!'), fits: expressionOf(line.replace(/^!/, '')) }));
  return (file) => {
    const parts = file.split('/');
    const places = parts.map((_part, index) => parts.slice(0, index + 1).join('/'));
    const decides = patterns.findLast(({ fits }) => places.some((place) => fits.test(place)));
    return decides?.isKept ?? true;
  };
}

/** A pattern as Docker reads it: a star stands for names that begin with a dot, too. */
function expressionOf(glob: string): RegExp {
  const escaped = glob.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  const text = escaped.replace(/\*\*\/|\*/g, (star) => (star === '*' ? '[^/]*' : '(?:.*/)?'));
  return new RegExp(`^${text}$`);
}
