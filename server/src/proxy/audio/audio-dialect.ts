import { AppError } from '../../infrastructure/errors/app-error.js';
import { openAiEnvelope } from '../../infrastructure/errors/error-envelope.js';
import { type AnswerDialect, PLAIN, type StreamEvent } from '../answers/answer-dialect.js';
import { jsonObject } from '../answers/json-object.js';
import { countTexts, tokensOfBytes } from '../answers/produced-tokens.js';
import { dataOf } from '../answers/stream-frames.js';
import { isObject } from '../requests/json-body.js';

const DONE = '[DONE]';
const LAST_EVENT = 'transcript.text.done';
const ERROR = '"error"';
const USAGE = '"usage"';
/** What models write, in OpenAI's events, and in those of servers that stream them as chat. */
const PRODUCED = /"(delta|content)"\s*:\s*"/g;
const EVENTS = /^(?:data|event|id|retry)?:/;
/** `00:01:02,345` or `01:02.345`, after the arrow between the two times of a subtitle. */
const END_OF_SUBTITLE = /-->\s*(?:(\d{1,4}):)?(\d{2}):(\d{2})[.,](\d{3})/g;
const TIME_OF_SUBTITLE = /^[^\n]*-->[^\n]*$/gm;
const TAIL = 64 * 1024;
/** A proxy's, and no transcript; some servers call their transcripts HTML. */
const PAGE = /^\s*<(?:!doctype|html)\b/i;
/** One that is not whole, since it is asked only of what is no object. */
const OBJECT = /^\s*\{/;

/**
 * OpenAI's transcriptions and translations, which are JSON, text, subtitles, or a stream of events.
 * They are paid for by the length of the audio (`audio_seconds`, see `readAudio`) or by tokens.
 */
export const AUDIO_DIALECT: AnswerDialect = {
  count: (text) => (EVENTS.test(text) ? countTexts(text, PRODUCED) : tokensOfBody(text)),
  isSpecial: (events) =>
    events.includes(LAST_EVENT) ||
    events.includes(DONE) ||
    events.includes(ERROR) ||
    events.includes(USAGE),
  read: readEvent,
  usageIn: ({ usage, duration }) => usageOf(usage, duration),
  usageOfText: (text) => {
    const seconds = lastSubtitleEnd(text);
    return seconds === null ? null : { last_word_seconds: seconds };
  },
  isText: (text, contentType) => !PAGE.test(text) && !(isJson(contentType) && OBJECT.test(text)),
  lengthEnding: () => Buffer.from(errorEvent(tooLong())),
  failure: errorEvent,
};

function isJson(contentType: string): boolean {
  return contentType === '' || /^application\/json\b/i.test(contentType);
}

function readEvent(event: string): StreamEvent {
  const data = dataOf(event);
  if (data === DONE) return { kind: 'end', usage: null };
  const said = jsonObject(data);
  if (said === null) return PLAIN;
  const { type, usage, choices } = said;
  if (said['error'] || type === 'error') return { kind: 'failure', body: data };
  if (type === LAST_EVENT) return { kind: 'end', usage: usageOf(usage, said['duration']) };
  if (!isObject(usage)) return PLAIN;
  const isOnly = Array.isArray(choices) && choices.length === 0;
  return { kind: 'usage', usage: usageOf(usage, undefined), isOnly };
}

/** `{"type":"duration","seconds":…}`, tokens by their names in either API, and `duration` beside it. */
function usageOf(usage: unknown, duration: unknown): unknown {
  if (!isObject(usage)) return duration === undefined ? null : { audio_seconds: duration };
  const { seconds, input_tokens, output_tokens, prompt_tokens, completion_tokens } = usage;
  return {
    audio_seconds: seconds ?? duration,
    prompt_tokens: input_tokens ?? prompt_tokens,
    completion_tokens: output_tokens ?? completion_tokens,
  };
}

/** Where the last subtitle ends, in seconds; null: there are none. */
function lastSubtitleEnd(text: string): number | null {
  let last: number | null = null;
  for (const [, hours, minutes, seconds, ms] of text.slice(-TAIL).matchAll(END_OF_SUBTITLE)) {
    const whole = Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(seconds);
    last = Math.max(last ?? 0, whole + Number(ms) / 1000);
  }
  return last;
}

/** The words alone: not the times beside them, nor the same words once more by segments. */
function tokensOfBody(body: string): number {
  if (!body.startsWith('{')) return tokensOfBytes(body.replaceAll(TIME_OF_SUBTITLE, '').length);
  const text = jsonObject(body)?.['text'];
  return tokensOfBytes(typeof text === 'string' ? text.length : body.length);
}

function errorEvent(error: AppError): string {
  return `data: ${JSON.stringify(openAiEnvelope(error))}\n\n`;
}

function tooLong(): AppError {
  return new AppError(
    'budget_exceeded',
    'Your budget pays for no more of this transcript. Wait until more has come, and send it again.',
  );
}
