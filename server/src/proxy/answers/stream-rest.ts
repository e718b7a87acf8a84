import { BackendErrorEvent } from '../upstream/upstream-errors.js';
import { jsonObject } from './json-object.js';
import { dataOf } from './stream-frames.js';
import { UnreadableAnswerError } from './unreadable-answer.js';

const DONE = '[DONE]';
/** Lines of an event stream: empty ones, comments, and fields by their names. */
const LINE = /^(?:$|:|(?:data|event|id|retry)(?:$|:))/;

/**
 * What is wrong with the last bytes of a stream that ended in good order, but not with an empty line;
 * null: that line alone is missing. `hasBegun`: events came before.
 */
export function faultOfRest(rest: Buffer, hasBegun: boolean): Error | null {
  const text = rest.toString('utf8').trimEnd();
  if (text.split(/\r?\n/).every((line) => LINE.test(line))) {
    const data = dataOf(text);
    const isWhole = data === '' || data === DONE || jsonObject(data) !== null;
    if (isWhole) return null;
  } else if (!hasBegun) return faultOfNoStream(rest, text);
  return new Error('the stream ended in the middle of an event');
}

/** It only said that it was one. */
function faultOfNoStream(rest: Buffer, text: string): Error {
  const object = jsonObject(text);
  const isFailure = Boolean(object?.['error']) || object?.['object'] === 'error';
  return isFailure ? new BackendErrorEvent(rest) : new UnreadableAnswerError('no event stream');
}
