import { type IncomingHttpHeaders } from 'node:http';

export interface PingAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** What an answer to a ping amounts to; texts are as the backend sent them, of any length. */
export type PingResult = { ok: true; sample: string } | { ok: false; error: string };

/** What a backend's answer to a ping says, streamed or not. */
export function readPing(answer: PingAnswer, isStream: boolean): PingResult {
  const { status, body } = answer;
  if (status >= 300 && status < 400) return failed(redirected());
  if (status !== 200)
    return failed(messageIn(body) ?? `The backend answered with status ${status}`);
  const isEventStream = contentTypeOf(answer).startsWith('text/event-stream');
  if (isStream) return isEventStream ? readEvents(body.toString('utf8')) : failed(notStreamed());
  return readCompletion(answer);
}

/** Does a refusal say that the limit on the answer goes by another name, as newer models have it? */
export function wantsOtherLimit({ status, body }: PingAnswer): boolean {
  return status === 400 && body.includes('max_completion_tokens');
}

/** The text that one event of a stream adds; null: the event is none of a completion. */
export function textOfEvent(line: string): string | null {
  const choices = choicesOf(parse(line));
  return choices === null ? null : textOf(fieldOf(choices[0], 'delta'));
}

function readCompletion(answer: PingAnswer): PingResult {
  const parsed = parse(answer.body.toString('utf8'));
  if (parsed === undefined) {
    return failed(`The answer is not JSON but ${contentTypeOf(answer) || 'of no content type'}`);
  }
  const choices = choicesOf(parsed);
  if (fieldOf(parsed, 'error') || choices === null) {
    return failed(messageIn(answer.body) ?? 'The answer is JSON, but no chat completion');
  }
  return { ok: true, sample: textOf(fieldOf(choices[0], 'message')) };
}

function readEvents(text: string): PingResult {
  const events = text.split(/\r?\n/).filter((line) => line.startsWith('data:'));
  const payloads = events.map((line) => line.slice('data:'.length).trim());
  const failure = payloads.find((payload) => fieldOf(parse(payload), 'error'));
  if (failure !== undefined) {
    return failed(messageIn(Buffer.from(failure)) ?? 'The stream ended with an error');
  }
  const texts = payloads.map(textOfEvent).filter((part) => part !== null);
  if (texts.length === 0) return failed('The stream has no chunk of a chat completion in it');
  return { ok: true, sample: texts.join('') };
}

/** `{"error":{"message"}}` as OpenAI words it, `{"error":"…"}` or `{"message"}` as others do. */
function messageIn(body: Buffer): string | null {
  const parsed = parse(body.toString('utf8'));
  const error = fieldOf(parsed, 'error');
  const message =
    fieldOf(error, 'message') ?? error ?? fieldOf(parsed, 'message') ?? fieldOf(parsed, 'detail');
  return typeof message === 'string' && message !== '' ? message : null;
}

function contentTypeOf({ headers }: PingAnswer): string {
  return (headers['content-type'] ?? '').slice(0, 100).toLowerCase();
}

function choicesOf(parsed: unknown): unknown[] | null {
  const choices = fieldOf(parsed, 'choices');
  return Array.isArray(choices) ? choices : null;
}

function textOf(message: unknown): string {
  const content = fieldOf(message, 'content');
  return typeof content === 'string' ? content : '';
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function failed(error: string): PingResult {
  return { ok: false, error };
}

function redirected(): string {
  return 'The address answers with a redirect, and redirects are not followed. Enter the address it leads to, if you trust it';
}

function notStreamed(): string {
  return 'The backend answered without streaming';
}
