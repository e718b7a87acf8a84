import { type ErrorCode } from '../infrastructure/errors/error-codes.js';

/** What a command says went wrong in `--json`, beside the codes that the server has. */
export type CommandCode = ErrorCode | CommandLineCode;
type CommandLineCode =
  | 'invalid_usage'
  | 'invalid_configuration'
  | 'migrations_pending'
  | 'tables_in_use'
  | 'server_running'
  | 'backup_unusable'
  | 'no_space'
  | 'tool_missing'
  | 'failed';

/** A refusal that the person at the terminal can do something about; printed without a stack. */
export class CommandError extends Error {
  constructor(
    message: string,
    readonly code: CommandCode = 'invalid_request',
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
