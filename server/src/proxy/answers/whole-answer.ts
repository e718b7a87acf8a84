import { type Answer, type AnswerControl, type AnswerUsage, type SettledAnswer } from './answer.js';
import { type AnswerDialect } from './answer-dialect.js';
import { jsonObject } from './json-object.js';
import { KeptBytes } from './kept-bytes.js';
import { tokensOfBytes } from './produced-tokens.js';
import { readUsage, type UsageBounds } from './reported-usage.js';
import { type ResponseSink } from './response-sink.js';
import { OversizedAnswerError, UnreadableAnswerError } from './unreadable-answer.js';
import { canBeObject, contentTypeOf, faultOf, objectIn } from './whole-verdict.js';

const MOST_KEPT_BYTES = 4 * 1024 * 1024;
const TAIL_BYTES = 64 * 1024;
const USAGE_OBJECT = /"usage"\s*:\s*(\{(?:[^{}]|\{[^{}]*\})*\})/g;

export interface WholeAnswerOptions {
  sink: ResponseSink;
  headers: Record<string, string>;
  bounds: UsageBounds;
  control: AnswerControl;
  dialect: AnswerDialect;
  /** Of all of it. */
  mostBytes: number;
}

/**
 * An answer in one piece. It is kept until it is settled, so that its headers can say what it cost, and
 * nothing goes to the caller that is no answer; one over 4 MiB is passed on as it comes, but for its
 * last bytes.
 */
export class WholeAnswer implements Answer {
  readonly isCutShort = false;
  readonly isBetweenEvents = false;
  isStarted = false;
  hasBegun = false;
  private readonly kept = new KeptBytes();
  private passedBytes = 0;
  /** What stood at the beginning of an answer whose beginning has gone: some report there. */
  private earlyUsage: Record<string, unknown> | null = null;
  private isWhole = false;
  /** Once it is whole; null if it is no object. */
  private object: Record<string, unknown> | null | undefined;
  private known: AnswerUsage | null = null;

  constructor(private readonly options: WholeAnswerOptions) {}

  take(chunk: Buffer): boolean {
    this.hasBegun = true;
    this.kept.push(chunk);
    if (this.passedBytes + this.kept.length > this.options.mostBytes) {
      return this.giveUp(new OversizedAnswerError(this.options.mostBytes));
    }
    const most = this.isStarted ? 2 * TAIL_BYTES : MOST_KEPT_BYTES;
    return this.kept.length <= most || this.passOn();
  }

  end(): void {
    this.isWhole = true;
    const { control, headers, dialect } = this.options;
    // Of one of which a part has gone on, the reader makes whatever it can.
    if (this.isStarted) return control.complete();
    const contentType = headers['content-type'];
    const { object, isOpaque } = this.read();
    const fault = faultOf({ bytes: this.kept.all, object, contentType, isOpaque }, dialect);
    if (fault) control.fail(fault);
    else control.complete();
  }

  /** Worked out once the answer has come as far as it will; until then it says what has come. */
  get usage(): AnswerUsage {
    if (!this.isWhole) return this.readUsage();
    this.known ??= this.readUsage();
    return this.known;
  }

  release(sink: ResponseSink, { headers }: SettledAnswer): void {
    if (!this.isStarted) {
      const length = { 'content-length': String(this.kept.length) };
      sink.start(200, { ...this.shownHeaders(), ...length, ...headers });
    }
    if (this.kept.length > 0) sink.write(this.kept.all);
    sink.end();
  }

  breakOff(sink: ResponseSink): void {
    sink.cut();
  }

  /** Keeps the end, where most backends put the usage, and lets the rest go. */
  private passOn(): boolean {
    const { sink, dialect, headers } = this.options;
    const all = this.kept.take();
    if (!this.isStarted) {
      const isObject = canBeObject(all);
      if (!isObject && !dialect.isText && headers['content-encoding'] === undefined) {
        return this.giveUp(new UnreadableAnswerError('what should be JSON'));
      }
      this.earlyUsage = lastUsageIn(all.subarray(0, TAIL_BYTES));
      sink.start(200, headers);
    }
    this.isStarted = true;
    const passed = all.subarray(0, -TAIL_BYTES);
    this.kept.push(Buffer.from(all.subarray(-TAIL_BYTES)));
    this.passedBytes += passed.length;
    return sink.write(passed);
  }

  private giveUp(error: Error): boolean {
    this.options.control.fail(error);
    return true;
  }

  /** One that says that it is compressed, and can be read as it is, is not. */
  private read(): { object: Record<string, unknown> | null; isOpaque: boolean } {
    let { object } = this;
    if (object === undefined) object = objectIn(this.kept.all);
    if (this.isWhole) this.object = object;
    const isOpaque = object === null && this.options.headers['content-encoding'] !== undefined;
    return { object, isOpaque };
  }

  private shownHeaders(): Record<string, string> {
    const { object, isOpaque } = this.read();
    const { 'content-encoding': encoding, ...headers } = this.options.headers;
    const contentType = headers['content-type'];
    const shown = contentTypeOf({ object, contentType, isOpaque });
    return {
      ...headers,
      'content-type': shown,
      ...(encoding !== undefined && isOpaque && { 'content-encoding': encoding }),
    };
  }

  private readUsage(): AnswerUsage {
    const { dialect, bounds } = this.options;
    const bytes = this.kept.all;
    const isKept = !this.isStarted;
    const whole = isKept ? this.read() : null;
    const body = whole ? whole.object : (lastUsageIn(bytes) ?? this.earlyUsage);
    const said = body ? dialect.usageIn(body) : dialect.usageOfText?.(bytes.toString('latin1'));
    const reported = readUsage(said, bounds);
    const producedTokens =
      whole && !whole.isOpaque
        ? dialect.count(bytes.toString('latin1'))
        : tokensOfBytes(bytes.length + this.passedBytes);
    return { reported, isReportFinal: reported !== null, producedTokens };
  }
}

/** The usage that stands last; a quote inside a string would be escaped. */
function lastUsageIn(tail: Buffer): Record<string, unknown> | null {
  const match = [...tail.toString('latin1').matchAll(USAGE_OBJECT)].at(-1);
  return match ? { usage: jsonObject(match[1]!) } : null;
}
