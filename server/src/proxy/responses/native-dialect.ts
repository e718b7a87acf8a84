import { type AppError } from '../../infrastructure/errors/app-error.js';
import { type TokenUsage } from '../../usage/index.js';
import { type AnswerDialect, PLAIN, type StreamEvent } from '../answers/answer-dialect.js';
import { jsonObject } from '../answers/json-object.js';
import { countTexts } from '../answers/produced-tokens.js';
import { dataOf } from '../answers/stream-frames.js';
import { isObject } from '../requests/json-body.js';
import { chatUsage, responseUsage } from './response-object.js';

/** Where a piece of what a model wrote begins in the events of a stream. */
const DELTA = /"delta"\s*:\s*"/g;
/** The same in a whole response. */
const PRODUCED = /"(?:text|refusal|arguments|input|code)"\s*:\s*"/g;
const NUMBER = /"sequence_number"\s*:\s*(\d{1,15})/;
const DONE = '[DONE]';
/** The events that are read; what a model writes cannot have quotes around it. */
const SPECIAL = /"(?:response\.(?:created|completed|incomplete|failed)|error)"|\[DONE\]/;

type Values = Readonly<Record<string, unknown>>;

/** One answer of a backend that speaks OpenAI's Responses API itself. */
export class NativeDialect implements AnswerDialect {
  /** The last event says all again, images and instructions included. */
  readonly mostEventBytes = 16 * 1024 * 1024;
  /** As the stream told of it at its beginning, but for what has come since. */
  private created: Values = {};
  /** Of the last event that was seen. */
  private sequence = 0;

  count(json: string): number {
    const isWhole = json.startsWith('{');
    if (!isWhole) this.noteSequence(json);
    return countTexts(json, isWhole ? PRODUCED : DELTA);
  }

  isSpecial(events: string): boolean {
    return SPECIAL.test(events);
  }

  read(event: string): StreamEvent {
    if (!this.isSpecial(event)) return PLAIN;
    const data = dataOf(event);
    if (data === DONE) return { kind: 'end', usage: null };
    const said = jsonObject(utf8(data));
    if (said === null) return PLAIN;
    const response = isObject(said['response']) ? said['response'] : {};
    switch (said['type']) {
      case 'response.created':
        this.created = response;
        return PLAIN;
      case 'response.completed':
      case 'response.incomplete':
        return { kind: 'end', usage: chatUsage(response['usage']) };
      case 'response.failed':
        return this.failed(said, failureBody(response['error']));
      case 'error':
        return this.failed(said, data);
      default:
        // Some backends report in other words that they failed.
        return said['error'] ? this.failed(said, data) : PLAIN;
    }
  }

  /** The last event does, and nothing else. */
  saysWhy(): boolean {
    return false;
  }

  /** A response that failed is one all the same: it says why, and what it cost. */
  isFailure({ error, object }: Values): boolean {
    return object !== 'response' && Boolean(error);
  }

  usageIn({ usage }: Values): unknown {
    return chatUsage(usage);
  }

  /** `output` is left out: those who put events together have it, and Lumen does not keep it. */
  lengthEnding(event: Buffer, _choices: number, usage: TokenUsage | null): Buffer {
    const [, sequence] = NUMBER.exec(event.toString('latin1')) ?? [];
    const { output: _, ...created } = this.created;
    const response = {
      ...created,
      object: 'response',
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
      usage: usage && responseUsage(chatWords(usage)),
    };
    const type = 'response.incomplete';
    return Buffer.from(
      eventText(type, { sequence_number: Number(sequence ?? this.sequence), response }),
    );
  }

  failure({ code, message, param }: AppError): string {
    const sequence_number = this.sequence + 1;
    return eventText('error', { sequence_number, code, message, param: param ?? null });
  }

  /** Lumen's own event takes the place of the backend's. */
  private failed({ sequence_number: sequence }: Values, body: string): StreamEvent {
    if (typeof sequence === 'number') this.sequence = sequence - 1;
    return { kind: 'failure', body };
  }

  private noteSequence(events: string): void {
    const at = events.lastIndexOf('"sequence_number"');
    const found = at === -1 ? null : NUMBER.exec(events.slice(at, at + 64));
    if (found) this.sequence = Number(found[1]);
  }
}

function eventText(type: string, fields: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
}

function chatWords(usage: TokenUsage): object {
  return {
    prompt_tokens: usage.promptTokens,
    prompt_tokens_details: { cached_tokens: usage.cachedTokens },
    completion_tokens: usage.completionTokens,
    completion_tokens_details: { reasoning_tokens: usage.reasoningTokens },
  };
}

/** As much of a failure as Lumen reads. */
function failureBody(error: unknown): string {
  const { code, message } = isObject(error) ? error : {};
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return latin1(JSON.stringify({ error: { code: text(code), message: text(message) } }));
}

const utf8 = (text: string) => Buffer.from(text, 'latin1').toString('utf8');
const latin1 = (text: string) => Buffer.from(text, 'utf8').toString('latin1');
