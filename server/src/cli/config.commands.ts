import { type Command } from 'commander';
import { checkConfiguration, configurationPath } from '../config/index.js';
import { type CommandContext } from './command-context.js';

export function addConfigCommands(program: Command, context: CommandContext): void {
  const config = program.command('config').description('the configuration file');
  config
    .command('check')
    .argument('[file]', 'the file to check; by default the one that Lumen would read')
    .description('say everything that is wrong with a configuration file')
    .action((file?: string) => {
      const path = file ?? configurationPath(context.environment);
      const { ok, report } = checkConfiguration(path, context.environment);
      (ok ? process.stdout : process.stderr).write(`${report}\n`);
      context.setExitCode(ok ? 0 : 1);
    });
}
