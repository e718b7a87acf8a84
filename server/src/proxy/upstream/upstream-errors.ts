import { AppError } from '../../infrastructure/errors/app-error.js';
import { failureCode, isOwnShortage } from '../../infrastructure/upstream/connection-failure.js';
import { OversizedAnswerError, UnreadableAnswerError } from '../answers/unreadable-answer.js';
import { TimeLimitError } from './answer-watch.js';

/** Anthropic's status for what others answer with 503. */
const ANTHROPIC_OVERLOADED = 529;
const MOST_RETRY_AFTER_S = 600;
/** Characters of a backend's message. */
const MOST_SHOWN = 2_000;

/** A caller's own mistakes, which the backend words best. */
const PASSED_THROUGH = new Set([400, 404, 409, 413, 422]);

export function isPassedThrough(status: number): boolean {
  return PASSED_THROUGH.has(status);
}

/** The backend of a request, as far as its failures go. */
export interface Backend {
  readonly model: string;
  /** The header that it was sent. It may say it again; nobody else hears of it. */
  readonly authorization: string | null;
}

export interface Refusal {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly body: Buffer;
}

/** What a backend says of a failure in the middle of a stream that began well, in an event. */
export class BackendErrorEvent extends Error {
  constructor(readonly body: Buffer) {
    super('an error event in the stream');
  }
}

/** What the caller hears when a backend answered with an error status. */
export function refusedByUpstream(backend: Backend, refusal: Refusal): AppError {
  const { model } = backend;
  const { status, retryAfter, body } = refusal;
  if (PASSED_THROUGH.has(status)) {
    const message = messageIn(body, backend) ?? `The backend of "${model}" refused the request.`;
    return new AppError('upstream_request_refused', message, { status });
  }
  if (status === 401 || status === 403) {
    return new AppError(
      'upstream_misconfigured',
      `The backend of "${model}" does not accept Lumen's key. This is not your fault: tell your administrator.`,
      { cause: new Error(`upstream status ${status}`) },
    );
  }
  if (status === 429 || status === 503 || status === ANTHROPIC_OVERLOADED) {
    return new AppError(
      'upstream_overloaded',
      `The backend of "${model}" is overloaded. Try again shortly, or choose another model.`,
      { retryAfterS: secondsOf(retryAfter) },
    );
  }
  return new AppError(
    'upstream_error',
    `The backend of "${model}" failed (status ${status}). Try again, or choose another model.`,
    { cause: new Error(`upstream status ${status}: ${messageIn(body, backend) ?? 'no message'}`) },
  );
}

/** What the caller hears when a backend could not be reached, hung or broke off. */
export function failedUpstream(backend: Backend, thrown: Error): AppError {
  const { model } = backend;
  if (thrown instanceof BackendErrorEvent) return reportedFailure(backend, thrown);
  if (thrown instanceof TimeLimitError) return timedOut(backend, thrown);
  const error = withoutKeyInMessage(thrown, backend);
  const code = failureCode(thrown);
  if (code === 'LUMEN_ADDRESS_REFUSED') {
    return new AppError(
      'upstream_misconfigured',
      `Lumen may not connect to the address of the backend of "${model}". This is not your fault: tell your administrator.`,
      { cause: error },
    );
  }
  if (isOwnShortage(thrown)) {
    return new AppError(
      'overloaded',
      `Lumen has no connection left for the backend of "${model}". Try again in a few seconds.`,
      { cause: error, retryAfterS: 5 },
    );
  }
  if (UNREACHABLE.has(code)) {
    return new AppError(
      'upstream_unreachable',
      `The backend of "${model}" cannot be reached. Try again shortly, or choose another model.`,
      { cause: error },
    );
  }
  return new AppError(
    'upstream_error',
    `The backend of "${model}" ${wordsOf(thrown)}. Try again, or choose another model.`,
    { cause: error },
  );
}

function wordsOf(thrown: Error): string {
  if (thrown instanceof UnreadableAnswerError) return 'sent what Lumen cannot read';
  if (thrown instanceof OversizedAnswerError) {
    return `sent more at once than Lumen takes (${thrown.mostBytes} bytes)`;
  }
  return 'broke off its answer';
}

function timedOut({ model }: Backend, error: TimeLimitError): AppError {
  const { limit, seconds } = error;
  const what = {
    first_token: `did not begin to answer within ${seconds} s`,
    idle: `fell silent in its answer for ${seconds} s`,
    total: `did not finish its answer within ${seconds} s`,
  };
  return new AppError(
    'upstream_timeout',
    `The backend of "${model}" ${what[limit]}. Try again, or choose another model.`,
    { cause: error },
  );
}

const UNREACHABLE = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
]);

/** A caller's own mistake is in the backend's words, as it would be had it come as a status. */
function reportedFailure(backend: Backend, { body }: BackendErrorEvent): AppError {
  const message = messageIn(body, backend);
  const isCallers = PASSED_THROUGH.has(statusIn(body) ?? 0);
  const cause = new Error(`error event in the stream: ${message ?? 'no message'}`);
  const text =
    isCallers && message !== null
      ? message
      : `The backend of "${backend.model}" broke off its answer with an error. Try again, or choose another model.`;
  return new AppError('upstream_error', text, { cause });
}

/** `{"error":{"message"}}` as OpenAI words it, `{"error":"…"}` as Ollama does, `{"message"}` as vLLM did. */
function messageIn(body: Buffer, backend: Backend): string | null {
  const parsed = parse(body);
  const error = parsed?.['error'];
  const message =
    typeof error === 'object' && error !== null
      ? (error as Record<string, unknown>)['message']
      : (error ?? parsed?.['message'] ?? parsed?.['detail']);
  if (typeof message !== 'string' || message === '') return null;
  return withoutKey(message, backend).slice(0, MOST_SHOWN);
}

/** The status that an error event would have had; null: it does not say. */
export function statusIn(body: Buffer): number | null {
  const parsed = parse(body);
  const error = parsed?.['error'];
  const fields = typeof error === 'object' && error !== null ? error : (parsed ?? {});
  const status = Number((fields as Record<string, unknown>)['code'] ?? Number.NaN);
  return Number.isInteger(status) && status >= 400 && status < 600 ? status : null;
}

function parse(body: Buffer): Record<string, unknown> | null {
  try {
    return JSON.parse(body.toString('utf8')) as Record<string, unknown> | null;
  } catch {
    return null;
  }
}

/** The text without the key, written plainly, in JSON or as part of an address. */
function withoutKey(text: string, { authorization }: Backend): string {
  const key = authorization?.replace(/^Bearer\s+/i, '').trim() ?? '';
  if (key === '') return text;
  const spellings = new Set([key, JSON.stringify(key).slice(1, -1), encodeURIComponent(key)]);
  let told = text;
  for (const spelling of spellings) told = told.replaceAll(spelling, '[key]');
  return told;
}

function withoutKeyInMessage(error: Error, backend: Backend): Error {
  const message = withoutKey(error.message, backend);
  return message === error.message ? error : new Error(message);
}

function secondsOf(retryAfter: string | undefined): number | undefined {
  const seconds = Number(retryAfter);
  if (retryAfter === undefined || !Number.isFinite(seconds) || seconds < 0) return undefined;
  return Math.min(Math.ceil(seconds), MOST_RETRY_AFTER_S);
}
