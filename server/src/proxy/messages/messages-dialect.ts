import { anthropicEnvelope } from '../../infrastructure/errors/error-envelope.js';
import { type AppError } from '../../infrastructure/errors/app-error.js';
import { type TokenUsage } from '../../usage/index.js';
import { type AnswerDialect, PLAIN, type StreamEvent } from '../answers/answer-dialect.js';
import { jsonObject } from '../answers/json-object.js';
import { countTexts, tokensOfBytes } from '../answers/produced-tokens.js';
import { dataOf, endOfEvent } from '../answers/stream-frames.js';
import { isObject } from '../requests/json-body.js';
import { type Fields } from './messages-body.js';
import { chatUsageOf, messageUsageOfCharge } from './messages-usage.js';
import { blockStop, messageDelta, STOP_EVENT } from './message-events.js';

/** Keys and values of JSON; inside a text that a model wrote their quotes would be escaped. */
const SPECIAL = /"(?:message_start|message_delta|message_stop|error)"/;
/** Where a text that the model wrote begins in a stream. */
const PRODUCED = /"(?:text|partial_json|thinking)"\s*:\s*"/g;
/** At the start of a message it is null. */
const REASON = /"stop_reason"\s*:\s*"[^"]/;
const FIRST_OF_JSON = /^\s*\{/;

/**
 * Anthropic's API, as some backends speak it. One for each answer: a stream reports its usage in
 * pieces, the prompt's at the start and the output's at the end.
 */
export class MessagesDialect implements AnswerDialect {
  private usage: Fields = {};

  count(json: string): number {
    return FIRST_OF_JSON.test(json) ? producedInMessage(json) : countTexts(json, PRODUCED);
  }

  isSpecial(events: string): boolean {
    return SPECIAL.test(events);
  }

  read(event: string): StreamEvent {
    if (!SPECIAL.test(event)) return PLAIN;
    const data = dataOf(event);
    const fields = jsonObject(data);
    switch (fields?.['type']) {
      case 'message_start':
        return this.started(fields['message']);
      case 'message_delta':
        return this.reported(fields['usage']);
      case 'message_stop':
        return { kind: 'end', usage: this.isReported ? chatUsageOf(this.usage) : null };
      case 'error':
        return { kind: 'failure', body: data };
      default:
        return PLAIN;
    }
  }

  saysWhy(events: string): boolean {
    return REASON.test(events);
  }

  usageIn({ usage }: Fields): unknown {
    return isObject(usage) ? chatUsageOf(usage) : null;
  }

  lengthEnding(event: Buffer, _choices: number, usage: TokenUsage | null): Buffer {
    const first = dataOf(event.toString('latin1', 0, endOfEvent(event, 0)));
    const index = openBlockOf(jsonObject(first));
    const end = messageDelta(
      { reason: 'max_tokens', sequence: null },
      usage && messageUsageOfCharge(usage),
    );
    return Buffer.from(`${index === null ? '' : blockStop(index)}${end}${STOP_EVENT}`);
  }

  /** Nothing follows it, settled or not: this API has no other end of a stream that failed. */
  failure(error: AppError): string {
    return `event: error\ndata: ${JSON.stringify(anthropicEnvelope(error))}\n\n`;
  }

  private get isReported(): boolean {
    return Object.keys(this.usage).length > 0;
  }

  /** The output that it reports is a placeholder: nothing has been written yet. */
  private started(message: unknown): StreamEvent {
    const usage = isObject(message) ? message['usage'] : null;
    if (!isObject(usage)) return PLAIN;
    return this.reported({ ...usage, output_tokens: undefined });
  }

  /** Later figures replace earlier ones; those that a later report leaves out stand. */
  private reported(usage: unknown): StreamEvent {
    if (!isObject(usage)) return PLAIN;
    const told = Object.entries(usage).filter(([, value]) => value !== undefined && value !== null);
    this.usage = { ...this.usage, ...Object.fromEntries(told) };
    return { kind: 'usage', usage: chatUsageOf(this.usage), isOnly: false };
  }
}

/** Only what a block says more of belongs to one that is open. */
function openBlockOf(event: Fields | null): number | null {
  if (event?.['type'] !== 'content_block_delta') return null;
  const { index } = event;
  return typeof index === 'number' ? index : null;
}

/** Texts, thoughts and the input of tools; `json` is decoded as latin1, so that lengths are bytes. */
function producedInMessage(json: string): number {
  const content = jsonObject(json)?.['content'];
  if (!Array.isArray(content)) return 0;
  return content.reduce<number>((tokens, block: unknown) => tokens + producedInBlock(block), 0);
}

function producedInBlock(block: unknown): number {
  if (!isObject(block)) return 0;
  const { text, thinking, input } = block;
  const written = [text, thinking].filter((value) => typeof value === 'string');
  if (isObject(input)) written.push(JSON.stringify(input));
  return written.reduce((tokens, value) => tokens + tokensOfBytes(value.length), 0);
}
