import { pino, stdTimeFunctions, type Logger } from 'pino';
import { PinoPretty as pretty } from 'pino-pretty';
import { ownWorkerNumber } from '../workers/worker-messages.js';

/** Whatever ends up in a log object under these names is never written. */
const SECRET_PATHS = [
  'authorization',
  'cookie',
  'key',
  'apiKey',
  'password',
  'secret',
  'token',
  '*.authorization',
  '*.cookie',
  '*.key',
  '*.apiKey',
  '*.password',
  '*.secret',
  '*.token',
];

export interface LoggerOptions {
  level: string;
  /** One JSON object a line, or lines for people; `auto` looks whether a person is watching. */
  format: 'auto' | 'json' | 'pretty';
}

/** The process's logger, on standard output. Where there are several, each line says which wrote it. */
export function createLogger({ level, format }: LoggerOptions): Logger {
  const worker = ownWorkerNumber();
  const options = {
    level,
    base: worker === null ? undefined : { worker },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: SECRET_PATHS, censor: '[secret]' },
  };
  const isPretty = format === 'pretty' || (format === 'auto' && process.stdout.isTTY);
  return isPretty ? pino(options, pretty({ translateTime: 'SYS:HH:MM:ss' })) : pino(options);
}
