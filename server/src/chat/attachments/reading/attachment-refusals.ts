import { AppError, type AppErrorOptions } from '../../../infrastructure/errors/app-error.js';
import { type ErrorCode } from '../../../infrastructure/errors/error-codes.js';

/** Why a file is not taken, as `details.reason`: for pages in other languages than the message's. */
export type RefusalReason =
  | 'switched_off'
  | 'extension'
  | 'mismatch'
  | 'unknown_type'
  | 'too_large'
  | 'too_many_pixels'
  | 'broken'
  | 'password'
  | 'no_text'
  | 'too_long'
  | 'too_complex'
  | 'too_many_waiting'
  | 'busy';

const CODES: Readonly<Record<RefusalReason, ErrorCode>> = {
  switched_off: 'invalid_request',
  extension: 'unsupported_media_type',
  mismatch: 'unsupported_media_type',
  unknown_type: 'unsupported_media_type',
  too_large: 'body_too_large',
  too_many_pixels: 'invalid_request',
  broken: 'invalid_request',
  password: 'invalid_request',
  no_text: 'invalid_request',
  too_long: 'invalid_request',
  too_complex: 'invalid_request',
  too_many_waiting: 'conflict',
  busy: 'overloaded',
};

/** A refusal that people read on the file's chip. */
export function refusal(
  reason: RefusalReason,
  message: string,
  options: Pick<AppErrorOptions, 'retryAfterS' | 'cause'> = {},
): AppError {
  return new AppError(CODES[reason], message, { ...options, param: 'file', details: { reason } });
}

export function switchedOff(): AppError {
  return refusal('switched_off', 'This server takes no attachments. Ask without them.');
}

export function tooLarge(mostBytes: number): AppError {
  const most = mostBytes >= MEGABYTE ? `${mostBytes / MEGABYTE} MB` : `${mostBytes / 1_000} kB`;
  return refusal(
    'too_large',
    `The file is larger than an attachment may be here (${most}). Attach the part of it that matters.`,
  );
}

const MEGABYTE = 1_000_000;

export function tooManyWaiting(most: number): AppError {
  return refusal(
    'too_many_waiting',
    `${most} of your files wait for a question already. Ask about them, or remove some.`,
  );
}

export function tooManyAtOnce(): AppError {
  return refusal(
    'busy',
    'Too many files are being attached at the moment. Try again in a few seconds.',
    { retryAfterS: 5 },
  );
}
