import { type Answer, type AnswerControl, type AnswerUsage, type SettledAnswer } from './answer.js';
import { type AnswerDialect } from './answer-dialect.js';
import { jsonObject } from './json-object.js';
import { tokensOfBytes } from './produced-tokens.js';
import { readUsage, type UsageBounds } from './reported-usage.js';
import { type ResponseSink } from './response-sink.js';

const MOST_KEPT_BYTES = 4 * 1024 * 1024;
const TAIL_BYTES = 64 * 1024;
const USAGE_OBJECT = /"usage"\s*:\s*(\{(?:[^{}]|\{[^{}]*\})*\})/g;

export interface WholeAnswerOptions {
  sink: ResponseSink;
  headers: Record<string, string>;
  bounds: UsageBounds;
  control: AnswerControl;
  dialect: AnswerDialect;
}

/**
 * An answer in one piece. It is kept until it is settled, so that its headers can say what it cost;
 * one over 4 MiB is passed on as it comes, but for its last bytes.
 */
export class WholeAnswer implements Answer {
  readonly isCutShort = false;
  isStarted = false;
  private chunks: Buffer[] = [];
  private length = 0;
  private passedBytes = 0;
  private known: AnswerUsage | null = null;

  constructor(private readonly options: WholeAnswerOptions) {}

  take(chunk: Buffer): boolean {
    this.chunks.push(chunk);
    this.length += chunk.length;
    const isKept = !this.isStarted && this.length <= MOST_KEPT_BYTES;
    return isKept || this.passOn();
  }

  end(): void {
    this.options.control.complete();
  }

  /** Worked out once, when the answer has come as far as it will. */
  get usage(): AnswerUsage {
    this.known ??= this.readUsage();
    return this.known;
  }

  release(sink: ResponseSink, { headers }: SettledAnswer): void {
    if (!this.isStarted) {
      const length = { 'content-length': String(this.length) };
      sink.start(200, { ...this.options.headers, ...length, ...headers });
    }
    for (const chunk of this.chunks) sink.write(chunk);
    sink.end();
  }

  breakOff(sink: ResponseSink): void {
    sink.cut();
  }

  /** Keeps the end, where backends put the usage, and lets the rest go. */
  private passOn(): boolean {
    const { sink, headers } = this.options;
    if (!this.isStarted) sink.start(200, headers);
    this.isStarted = true;
    const all = Buffer.concat(this.chunks);
    const passed = all.subarray(0, -TAIL_BYTES);
    this.chunks = [Buffer.from(all.subarray(-TAIL_BYTES))];
    this.length = TAIL_BYTES;
    this.passedBytes += passed.length;
    return sink.write(passed);
  }

  private readUsage(): AnswerUsage {
    const bytes = Buffer.concat(this.chunks);
    const isWhole = !this.isStarted;
    const { dialect, bounds } = this.options;
    const body = isWhole ? jsonObject(bytes.toString('utf8')) : lastUsageIn(bytes);
    const reported = readUsage(body && dialect.usageIn(body), bounds);
    const isOpaque = this.options.headers['content-encoding'] !== undefined;
    const producedTokens =
      isWhole && !isOpaque
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
