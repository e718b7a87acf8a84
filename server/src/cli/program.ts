import { Command, CommanderError } from 'commander';
import { LUMEN_VERSION } from '../infrastructure/version.js';
import { addBackupCommands } from './backup/backup.commands.js';
import { addBudgetCommands } from './budgets.commands.js';
import { addClientCommands } from './clients.commands.js';
import { type CommandContext } from './command-context.js';
import { addConfigCommands } from './config.commands.js';
import { addDatabaseCommands } from './database.commands.js';
import { addDoctorCommand } from './doctor/doctor.command.js';
import { type FailureReport, reportFailure } from './failure-report.js';
import { addGroupCommands } from './groups.commands.js';
import { addInitDbCommand } from './init-db.command.js';
import { addKeyCommands } from './keys.commands.js';
import { addLedgerCommands } from './ledger.commands.js';
import { writeJson } from './output.js';
import { addSecretCommands } from './secrets.commands.js';
import { addStartCommand } from './start.command.js';
import { addUsageCommands } from './usage.commands.js';
import { addUserCommands } from './users.commands.js';

const ADD_COMMANDS = [
  addStartCommand,
  addConfigCommands,
  addDatabaseCommands,
  addInitDbCommand,
  addDoctorCommand,
  addBackupCommands,
  addSecretCommands,
  addBudgetCommands,
  addClientCommands,
  addGroupCommands,
  addKeyCommands,
  addLedgerCommands,
  addUsageCommands,
  addUserCommands,
];

/**
 * Runs one `./lumen` command; answers its exit code. Results go to standard output, all else to error.
 * With `--json` there is one JSON value on standard output, whatever happens.
 */
export async function runCommand(argv: string[], environment: NodeJS.ProcessEnv): Promise<number> {
  let exitCode = 0;
  const isJson = argv.includes('--json');
  const setExitCode = (code: number) => {
    exitCode = code;
  };
  const program = createProgram({ environment, setExitCode });
  try {
    await program.parseAsync(argv);
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (isJson && error.exitCode !== 0) writeError(usageFailure(error));
      return error.exitCode;
    }
    const report = reportFailure(error);
    if (isJson) writeError(report);
    else process.stderr.write(`${report.message}\n`);
    return 1;
  }
}

/** Every command, ready to read a line of arguments. */
export function createProgram(context: CommandContext): Command {
  const program = new Command('lumen')
    .description(
      'Operations of Lumen. Each command has --help; all but start answer in JSON with --json.',
    )
    .version(LUMEN_VERSION)
    .exitOverride()
    .showHelpAfterError();
  for (const add of ADD_COMMANDS) add(program, context);
  return program;
}

function writeError({ code, message }: FailureReport): void {
  writeJson({ error: { code, message } });
}

const usageFailure = ({ message }: CommanderError): FailureReport => ({
  code: 'invalid_usage',
  message: message.replace(/^error: /, ''),
});
