import { openAiEnvelope } from '../../infrastructure/errors/error-envelope.js';
import { type AnswerDialect, PLAIN, type StreamEvent } from './answer-dialect.js';
import { jsonObject } from './json-object.js';
import { lengthEnding } from './length-ending.js';
import { countProduced } from './produced-tokens.js';
import { dataOf } from './stream-frames.js';

const DONE = '[DONE]';
const DONE_EVENT = `data: ${DONE}\n\n`;
const USAGE_OBJECT = /"usage"\s*:\s*\{/;
/** Of any choice. Some backends write an empty reason into each chunk. */
const REASON = /"finish_reason"\s*:\s*"[^"]/;
/** A key or a value of JSON; inside a text that a model wrote its quotes would be escaped. */
const ERROR = '"error"';
/** The same outside of JSON, where no text of a model stands. */
const ERROR_LINE = /^(?:event:\s*error\s*$|error:)/m;

/** OpenAI's chat completions. */
export const CHAT_DIALECT: AnswerDialect = {
  count: countProduced,
  isSpecial: (events) => mentionsUsage(events) || events.includes(DONE) || events.includes('error'),
  read: readEvent,
  saysWhy: (events) => REASON.test(events),
  usageIn: ({ usage }) => usage,
  lengthEnding,
  failure: (error, isSettled) =>
    `data: ${JSON.stringify(openAiEnvelope(error))}\n\n${isSettled ? DONE_EVENT : ''}`,
};

/** The same where the caller gets them in the words of another API. */
export const TRANSLATED_CHAT_DIALECT: AnswerDialect = { ...CHAT_DIALECT, isReadable: hasMessage };

/** Whether there is something a chat completion must have. */
export function hasMessage(body: Readonly<Record<string, unknown>> | null): boolean {
  const choices = body?.['choices'];
  const choice = Array.isArray(choices) ? (choices[0] as Record<string, unknown> | null) : null;
  return typeof choice?.['message'] === 'object' && choice['message'] !== null;
}

function readEvent(event: string): StreamEvent {
  const data = dataOf(event);
  if (data === DONE) return { kind: 'end', usage: null };
  if (event.includes('error') && ERROR_LINE.test(event)) {
    return { kind: 'failure', body: data || event.slice(event.indexOf(':') + 1) };
  }
  const isMention = mentionsUsage(event);
  if (!isMention && !event.includes(ERROR)) return PLAIN;
  const chunk = jsonObject(data);
  if (chunk === null) return PLAIN;
  // Some backends report that they failed in an event, since the status has gone out as a success.
  if (chunk['error'] || chunk['object'] === 'error') return { kind: 'failure', body: data };
  if (!isMention) return PLAIN;
  const { usage, choices } = chunk;
  return { kind: 'usage', usage, isOnly: hasNone(choices) };
}

/** Some backends leave the choices out where there are none, or say null. */
function hasNone(choices: unknown): boolean {
  return choices === undefined || choices === null || (Array.isArray(choices) && !choices.length);
}

/** Most chunks say `"usage":null`, or nothing of it. */
function mentionsUsage(text: string): boolean {
  return text.includes('"usage"') && USAGE_OBJECT.test(text);
}
