import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const PLACE = fileURLToPath(new URL('../../.cache/python-openai/', import.meta.url));
const PACKAGE = 'openai==3.54.0';
const LONGEST_MS = 180_000;

/**
 * A Python with OpenAI's package, set up once in `.cache`; null where there is no Python that could
 * make itself an environment.
 */
export function pythonWithOpenAi(): string | null {
  const python = path.join(PLACE, 'bin', 'python');
  if (existsSync(python) && works(python, ['-c', 'import openai'])) return python;
  if (!works('python3', ['-m', 'venv', '--clear', PLACE])) return null;
  const isInstalled = works(python, ['-m', 'pip', 'install', '--quiet', PACKAGE]);
  return isInstalled ? python : null;
}

function works(program: string, args: string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore', timeout: LONGEST_MS });
    return true;
  } catch {
    return false;
  }
}
