import { BackendErrorEvent } from '../upstream/upstream-errors.js';
import { type AnswerDialect } from './answer-dialect.js';
import { jsonObject } from './json-object.js';
import { UnreadableAnswerError } from './unreadable-answer.js';

const JSON_TYPE = /^application\/json(?:\s*;\s*charset="?utf-?8"?)?\s*;?$/i;
const PAGE_TYPE = /^text\/html\b/i;
const MARK = '\uFEFF';
/** More than that in front of it, and it is no object. */
const MOST_BLANKS = 64;

/** An answer in one piece, all of which has come. */
export interface WholeBody {
  readonly bytes: Buffer;
  /** Null if it is no JSON object. */
  readonly object: Readonly<Record<string, unknown>> | null;
  /** As the backend names it; missing: it does not. */
  readonly contentType: string | undefined;
  /** It is compressed. */
  readonly isOpaque: boolean;
}

/**
 * Why an answer that came with a success is none, and must not go to the caller; null: it is one.
 * What a backend says of its content does not count, since proxies in front of it say what they like.
 */
export function faultOf(body: WholeBody, dialect: AnswerDialect): Error | null {
  const { bytes, object, contentType, isOpaque } = body;
  if (object) {
    if (isFailure(object, dialect)) return new BackendErrorEvent(bytes);
    const isReadable = dialect.isReadable?.(object) ?? true;
    return isReadable ? null : new UnreadableAnswerError('an answer in one piece');
  }
  if (dialect.isReadable) return new UnreadableAnswerError('an answer in one piece');
  if (isOpaque) return null;
  const isText = dialect.isText?.(bytes.toString('latin1'), contentType ?? '') ?? false;
  return isText ? null : new UnreadableAnswerError(`what should be JSON, as ${contentType}`);
}

/** What a whole answer is called towards the caller. */
export function contentTypeOf({ object, contentType }: Omit<WholeBody, 'bytes'>): string {
  if (object) return contentType && JSON_TYPE.test(contentType) ? contentType : 'application/json';
  if (contentType === undefined || PAGE_TYPE.test(contentType)) return 'text/plain; charset=utf-8';
  return contentType;
}

/** The object that an answer is; null if it is none. */
export function objectIn(bytes: Buffer): Record<string, unknown> | null {
  return canBeObject(bytes) ? jsonObject(withoutMark(bytes.toString('utf8'))) : null;
}

/** By how it begins. */
export function canBeObject(bytes: Buffer): boolean {
  return withoutMark(bytes.toString('utf8', 0, MOST_BLANKS))
    .trimStart()
    .startsWith('{');
}

function withoutMark(text: string): string {
  return text.startsWith(MARK) ? text.slice(MARK.length) : text;
}

function isFailure(object: Readonly<Record<string, unknown>>, dialect: AnswerDialect): boolean {
  return dialect.isFailure?.(object) ?? (Boolean(object['error']) || object['object'] === 'error');
}
