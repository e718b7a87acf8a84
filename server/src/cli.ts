import './private-files.js';
import './compile-cache.js';

const { readEnvironment } = await import('./config/index.js');
const { runCommand } = await import('./cli/program.js');

process.exitCode = await runCommand(process.argv, await readEnvironment());
