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
