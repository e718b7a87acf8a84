import { anthropicTypeOf } from '../../infrastructure/errors/error-envelope.js';
import { ERROR_CODES, type ErrorCode } from '../../infrastructure/errors/error-codes.js';
import { jsonObject } from '../answers/json-object.js';
import { tokensOfBytes } from '../answers/produced-tokens.js';
import { dataOf } from '../answers/stream-frames.js';
import { isObject } from '../requests/json-body.js';
import { MessageBlocks } from './message-blocks.js';
import { eventText, messageDelta, PING_EVENT, STOP_EVENT } from './message-events.js';
import { messageStopOf } from './message-stop.js';
import { type Fields } from './messages-body.js';
import { messageUsageOf } from './messages-usage.js';
import { newMessageId } from './message-ids.js';
import { type MessageTerms } from './whole-message.js';

const DONE = '[DONE]';
const MIXED_CALLS = 'The backend mixed up its calls of tools. Try again, or choose another model.';
const BROKEN_OFF = 'The backend broke off its answer. Try again, or choose another model.';

/**
 * Translates the events of a streamed chat completion to those of a message, one by one. What ends
 * the message is written when `[DONE]` comes, which Lumen writes when the request is settled.
 */
export class MessageStream {
  private readonly blocks = new MessageBlocks();
  private isStarted = false;
  /** The message has its end, or an error in place of it. */
  private isOver = false;
  private lastChoice: Fields | null = null;
  private isRefused = false;
  private usage: unknown = null;
  private producedTokens = 0;

  constructor(private readonly terms: MessageTerms) {}

  /** What one event, as UTF-8, becomes; empty: nothing. */
  take(event: string): string {
    if (this.isOver) return '';
    if (event.startsWith(':')) return PING_EVENT;
    const data = dataOf(event);
    if (data === DONE) return this.finish();
    const chunk = jsonObject(data);
    if (chunk === null) return '';
    return isObject(chunk['error']) ? this.failedWith(chunk['error']) : this.chunk(chunk);
  }

  /** What ends a stream that stops without its own end. */
  end(): string {
    if (this.isOver) return '';
    return this.lastChoice === null ? this.fail('upstream_error', BROKEN_OFF) : this.finish();
  }

  /** Ends the message with an error. */
  fail(code: ErrorCode, message: string): string {
    if (this.isOver) return '';
    this.isOver = true;
    return errorEvent(anthropicTypeOf(code), message);
  }

  private chunk(chunk: Fields): string {
    const { choices, usage } = chunk;
    if (isObject(usage)) this.usage = usage;
    const start = this.isStarted ? '' : this.start(chunk['model']);
    const choice: unknown = Array.isArray(choices) ? choices[0] : null;
    if (!isObject(choice)) return start;
    const content = isObject(choice['delta']) ? this.delta(choice['delta']) : '';
    if (typeof choice['finish_reason'] !== 'string') return start + content;
    this.lastChoice = choice;
    return start + content + this.blocks.close();
  }

  private delta(delta: Fields): string {
    const { content, refusal, tool_calls: calls } = delta;
    const thought = delta['reasoning_content'] ?? delta['reasoning'];
    let events = '';
    if (this.isNew(thought) && this.terms.isThinkingShown) events += this.blocks.thinking(thought);
    if (this.isNew(content)) events += this.blocks.text(content);
    if (this.isNew(refusal)) {
      this.isRefused = true;
      events += this.blocks.text(refusal);
    }
    if (!Array.isArray(calls)) return events;
    return events + (calls as unknown[]).map((call) => this.toolCall(call)).join('');
  }

  private toolCall(call: unknown): string {
    if (!isObject(call)) return '';
    const called = isObject(call['function']) ? call['function'] : {};
    const { name, arguments: json } = called;
    const { index, id } = call;
    const piece = {
      place: typeof index === 'number' ? index : 0,
      id: typeof id === 'string' ? id : '',
      name: typeof name === 'string' ? name : '',
      json: this.isNew(json) ? json : '',
    };
    return this.blocks.tool(piece) ?? this.fail('upstream_error', MIXED_CALLS);
  }

  /** Whether this is something that the model wrote; it is counted for where nothing is reported. */
  private isNew(text: unknown): text is string {
    if (typeof text !== 'string' || text === '') return false;
    this.producedTokens += tokensOfBytes(Buffer.byteLength(text));
    return true;
  }

  private start(model: unknown): string {
    this.isStarted = true;
    const { promptTokens } = this.terms;
    const message = {
      id: newMessageId(),
      type: 'message',
      role: 'assistant',
      model: this.terms.model || (model ?? ''),
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: messageUsageOf(null, { promptTokens, completionTokens: 0 }),
    };
    return eventText({ type: 'message_start', message });
  }

  private finish(): string {
    this.isOver = true;
    const start = this.isStarted ? '' : this.start(null);
    const stop = messageStopOf({
      choice: this.lastChoice ?? {},
      hasToolCalls: this.blocks.hasToolCalls,
      isRefused: this.isRefused,
      stopSequences: this.terms.stopSequences,
    });
    const estimated = {
      promptTokens: this.terms.promptTokens,
      completionTokens: this.producedTokens,
    };
    const end = messageDelta(stop, messageUsageOf(this.usage, estimated));
    return start + this.blocks.close() + end + STOP_EVENT;
  }

  /** Lumen's own error, which ends a stream that broke off. */
  private failedWith({ code, message }: Fields): string {
    const known = typeof code === 'string' && Object.hasOwn(ERROR_CODES, code);
    return this.fail(
      known ? (code as ErrorCode) : 'internal_error',
      typeof message === 'string' ? message : BROKEN_OFF,
    );
  }
}

function errorEvent(type: string, message: string): string {
  return eventText({ type: 'error', error: { type, message } });
}
