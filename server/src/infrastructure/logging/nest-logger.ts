import { type LoggerService } from '@nestjs/common';
import { type Logger } from 'pino';
import { type LogLevels } from './log-levels.js';

/** Start-up chatter of the framework that says nothing to an operator. */
const CHATTER = new Set(['InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestFactory']);

/** Lets NestJS and everything that uses its `Logger` write through pino. */
export class NestLogger implements LoggerService {
  /** Of the contexts that have a level of their own. */
  private own: ReadonlyMap<string, Logger> = new Map();

  constructor(
    private readonly pino: Logger,
    { modules }: Pick<LogLevels, 'modules'>,
  ) {
    this.followModules(modules);
  }

  /** From here on every line goes by these levels. */
  follow({ level, modules }: LogLevels): void {
    this.pino.level = level;
    this.followModules(modules);
  }

  log(message: unknown, ...rest: unknown[]): void {
    const context = contextOf(rest);
    if (context && CHATTER.has(context)) return;
    this.write('info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  private write(
    level: 'info' | 'error' | 'warn' | 'debug' | 'trace',
    message: unknown,
    rest: unknown[],
  ): void {
    const fields: Record<string, unknown> = {};
    const context = contextOf(rest);
    const logger = (context !== undefined && this.own.get(context)) || this.pino;
    if (context) fields['context'] = context;
    if (level === 'error' && typeof rest[0] === 'string' && rest.length > 1) {
      fields['stack'] = rest[0];
    }
    if (message instanceof Error) logger[level]({ ...fields, err: message }, message.message);
    else logger[level](fields, String(message));
  }

  private followModules(modules: LogLevels['modules']): void {
    const entries = Object.entries(modules);
    this.own = new Map(
      entries.map(([context, level]) => [context, this.pino.child({}, { level })] as const),
    );
  }
}

function contextOf(rest: unknown[]): string | undefined {
  const last = rest.at(-1);
  return typeof last === 'string' ? last : undefined;
}
