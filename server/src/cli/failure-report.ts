import { ConfigurationError } from '../config/index.js';
import { MigrationsPendingError } from '../infrastructure/database/migrator.js';
import { TablesInUseError } from '../infrastructure/database/patient-migrations.js';
import { AppError } from '../infrastructure/errors/app-error.js';
import { explainStartFailure } from '../start-failure.js';
import { type CommandCode, CommandError } from './command-error.js';

export interface FailureReport {
  code: CommandCode;
  message: string;
}

/** What a command that failed says: a code for programs, and a text that says what to do. */
export function reportFailure(error: unknown): FailureReport {
  if (error instanceof CommandError) return { code: error.code, message: error.message };
  if (error instanceof AppError && error.status < 500) {
    return { code: error.code, message: error.message };
  }
  const message = explainStartFailure(error);
  if (error instanceof ConfigurationError) return { code: 'invalid_configuration', message };
  if (error instanceof MigrationsPendingError) return { code: 'migrations_pending', message };
  if (error instanceof TablesInUseError) return { code: 'tables_in_use', message };
  const isDatabase = /^The (?:database|SQLite file) (?:cannot|refuses)/.test(message);
  return { code: isDatabase ? 'database_unavailable' : 'failed', message };
}
