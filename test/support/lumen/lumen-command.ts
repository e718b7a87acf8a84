import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../../server/dist/cli.js', import.meta.url));

export interface CommandResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the built command line, as `./lumen` does, in `directory`. */
export function runLumen(
  args: readonly string[],
  directory: string,
  environment: Record<string, string>,
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const options = { cwd: directory, env: environment };
    execFile(process.execPath, [CLI, ...args], options, (error, stdout, stderr) => {
      const code = error ? (typeof error.code === 'number' ? error.code : 1) : 0;
      resolve({ code, stdout, stderr });
    });
  });
}

/**
 * The same in a process that is kept for it (`kept-commands.ts`), which the test tasks start: for what
 * a test needs and is not about, and for long tables of what commands refuse (that the process of a
 * refusal ends, and how, is in `start.spec.ts`). Without the kept process it is as `runLumen`.
 */
export async function runLumenQuickly(
  args: readonly string[],
  directory: string,
  environment: Record<string, string>,
): Promise<CommandResult> {
  const url = process.env['TEST_COMMANDS_URL'];
  if (!url) return runLumen(args, directory, environment);
  const body = JSON.stringify({ args, directory, environment });
  const answer = await fetch(url, { method: 'POST', body });
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()) as CommandResult;
}
