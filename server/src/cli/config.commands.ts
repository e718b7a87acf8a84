import { type Command } from 'commander';
import { checkConfiguration, configurationPath } from '../config/index.js';
import { type CommandContext } from './command-context.js';
import { type JsonOption, withJson, writeJson } from './output.js';

export function addConfigCommands(program: Command, context: CommandContext): void {
  const config = program.command('config').description('the configuration file');
  withJson(config.command('check'))
    .argument('[file]', 'the file to check; by default the one that Lumen would read')
    .description('say everything that is wrong with a configuration file')
    .action((file: string | undefined, { json }: JsonOption) => {
      const path = file ?? configurationPath(context.environment);
      const { report, ...check } = checkConfiguration(path, context.environment);
      if (json) writeJson({ path, ...check });
      else (check.ok ? process.stdout : process.stderr).write(`${report}\n`);
      context.setExitCode(check.ok ? 0 : 1);
    });
}
