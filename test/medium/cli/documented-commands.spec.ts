import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Command, CommanderError } from 'commander';
import { describe, expect, it } from '@jest/globals';
import { createProgram } from '../../../server/src/cli/program.js';

const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', ...documentsIn('docs')];
const COMMAND = /(?:^|[\s`(])\.\/lumen((?: +(?:"[^"\n]*"|'[^'\n]*'|[^\s`)|;&>#"']+))*)/gm;
/** Words in capitals, brackets or dots stand for what the reader knows. */
const PLACE_HOLDERS: Readonly<Record<string, string>> = { ROLE: 'admin', '[FILE]': '', '…': '' };

function documentsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join(folder, name));
}

/** Every `./lumen …` of the documents, with where it stands. */
function documentedCommands(): [string, string[]][] {
  return DOCUMENTS.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(COMMAND)].map(([, rest = '']): [string, string[]] => {
      const words = rest.match(/"[^"]*"|'[^']*'|\S+/g) ?? [];
      const args = words.map((word) => word.replace(/^(["'])(.*)\1$/, '$2'));
      return [file, args.map((word) => PLACE_HOLDERS[word] ?? word).filter(Boolean)];
    }),
  );
}

/** The command line without what it does. */
function silentProgram(): Command {
  const program = createProgram({ environment: {}, setExitCode: () => undefined });
  const silence = (command: Command): void => {
    command.configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
    if (command.commands.length === 0) command.action(() => undefined);
    command.commands.forEach(silence);
  };
  silence(program);
  return program;
}

/** What the command line says against it; null if nothing. A group of commands alone is fine. */
async function refusalOf(args: readonly string[]): Promise<string | null> {
  const [word = ''] = args;
  const group = silentProgram().commands.find((command) => command.name() === word);
  if (args.length === 0 || (args.length === 1 && group && group.commands.length > 0)) return null;
  try {
    await silentProgram().parseAsync(['node', 'lumen', ...args]);
    return null;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? null : error.message;
    throw error;
  }
}

describe('the commands of the documents', () => {
  const commands = documentedCommands();

  it('are all taken by the command line', async () => {
    expect(commands.length).toBeGreaterThan(20);
    const refused: string[] = [];
    for (const [file, args] of commands) {
      const refusal = await refusalOf(args);
      if (refusal !== null) refused.push(`${file}: lumen ${args.join(' ')}: ${refusal}`);
    }
    expect(refused).toEqual([]);
  });

  it('would be noticed if they were not', async () => {
    expect(await refusalOf(['keys', 'invent'])).toMatch(/unknown command/);
    expect(await refusalOf(['db', 'upgrade', '--fast'])).toMatch(/unknown option/);
    expect(await refusalOf(['restore'])).toMatch(/missing required argument/);
  });
});
