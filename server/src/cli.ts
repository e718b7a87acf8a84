import { readEnvironment } from './config/index.js';
import { runCommand } from './cli/program.js';

process.exitCode = await runCommand(process.argv, await readEnvironment());
