import { ERROR_CODES, type ErrorCode } from './error-codes.js';

export interface AppErrorOptions {
  /** Structured facts for the caller; never a secret, a stack trace or SQL. */
  details?: Record<string, unknown>;
  /** The request field at fault, in OpenAI's `param`. */
  param?: string;
  /** What happened underneath; logged, never shown. */
  cause?: unknown;
  /** Seconds after which trying again makes sense; becomes `retry-after`. */
  retryAfterS?: number;
  /** Overrides the code's own status; for upstream answers that pass through. */
  status?: number;
}

/**
 * A failure with a stable code. `message` is read by people: what happened, why, and what to do.
 */
export class AppError extends Error {
  override readonly name: string = 'AppError';
  readonly details?: Record<string, unknown>;
  readonly param?: string;
  readonly retryAfterS?: number;
  readonly status: number;

  constructor(
    readonly code: ErrorCode,
    message: string,
    options: AppErrorOptions = {},
  ) {
    super(message, { cause: options.cause });
    this.details = options.details;
    this.param = options.param;
    this.retryAfterS = options.retryAfterS;
    this.status = options.status ?? ERROR_CODES[code].status;
  }
}
