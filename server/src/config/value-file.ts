import { readFileSync, statSync } from 'node:fs';

/** More is no secret and no address. */
const MOST_BYTES = 64 * 1024;

/** What stands in a file that holds one value, without the spaces and line ends around it. */
export function readValueFile(file: string): { text: string } | { fault: string } {
  try {
    const stat = statSync(file);
    if (!stat.isFile()) return { fault: 'it is no file' };
    if (stat.size > MOST_BYTES) return { fault: `it has more than ${MOST_BYTES} bytes` };
    const text = readFileSync(file, 'utf8').trim();
    return text === '' ? { fault: 'it is empty' } : { text };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { fault: 'there is no such file' };
    if (code === 'EACCES') return { fault: 'this user may not read it' };
    return { fault: String(code ?? error) };
  }
}
