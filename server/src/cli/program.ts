import { Command, CommanderError } from 'commander';
import { AppError } from '../infrastructure/errors/app-error.js';
import { LUMEN_VERSION } from '../infrastructure/version.js';
import { explainStartFailure } from '../start-failure.js';
import { addBudgetCommands } from './budgets.commands.js';
import { addClientCommands } from './clients.commands.js';
import { CommandError } from './command-error.js';
import { addConfigCommands } from './config.commands.js';
import { addDatabaseCommands } from './database.commands.js';
import { addInitDbCommand } from './init-db.command.js';
import { addKeyCommands } from './keys.commands.js';
import { addLedgerCommands } from './ledger.commands.js';
import { addStartCommand } from './start.command.js';
import { addUsageCommands } from './usage.commands.js';
import { addUserCommands } from './users.commands.js';

/** Runs one `./lumen` command; answers its exit code. Results go to standard output, all else to error. */
export async function runCommand(argv: string[], environment: NodeJS.ProcessEnv): Promise<number> {
  let exitCode = 0;
  const program = new Command('lumen')
    .description('Operations of Lumen. Each command has --help.')
    .version(LUMEN_VERSION)
    .exitOverride()
    .showHelpAfterError();
  const context = {
    environment,
    setExitCode: (code: number) => {
      exitCode = code;
    },
  };
  addStartCommand(program, context);
  addConfigCommands(program, context);
  addDatabaseCommands(program, context);
  addInitDbCommand(program, context);
  addBudgetCommands(program, context);
  addClientCommands(program, context);
  addKeyCommands(program, context);
  addLedgerCommands(program, context);
  addUsageCommands(program, context);
  addUserCommands(program, context);
  try {
    await program.parseAsync(argv);
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    process.stderr.write(`${isForPeople(error) ? error.message : explainStartFailure(error)}\n`);
    return 1;
  }
}

/** A refusal whose message says to a person what to do. */
function isForPeople(error: unknown): error is CommandError | AppError {
  return error instanceof CommandError || (error instanceof AppError && error.status < 500);
}
