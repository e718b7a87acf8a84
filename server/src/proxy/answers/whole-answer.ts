import { type Answer, type AnswerControl, type AnswerUsage, type SettledAnswer } from './answer.js';
import { countProduced, tokensOfBytes } from './produced-tokens.js';
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
}

/**
 * An answer in one piece. It is kept until it is settled, so that its headers can say what it cost;
 * one over 4 MiB is passed on as it comes, but for its last bytes.
 */
export class WholeAnswer implements Answer {
  readonly isEventStream = false;
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
    const usage = isWhole ? usageOf(bytes) : lastUsageIn(bytes);
    const reported = readUsage(usage, this.options.bounds);
    const isOpaque = this.options.headers['content-encoding'] !== undefined;
    const producedTokens =
      isWhole && !isOpaque
        ? countProduced(bytes.toString('latin1'))
        : tokensOfBytes(bytes.length + this.passedBytes);
    return { reported, isReportFinal: reported !== null, producedTokens };
  }
}

function usageOf(json: Buffer): unknown {
  return parsed(json.toString('utf8'))?.['usage'];
}

/** The usage that stands last; a quote inside a string would be escaped. */
function lastUsageIn(tail: Buffer): unknown {
  const match = [...tail.toString('latin1').matchAll(USAGE_OBJECT)].at(-1);
  return match ? parsed(match[1]!) : null;
}

function parsed(json: string): Record<string, unknown> | null {
  try {
    const value = JSON.parse(json) as unknown;
    return typeof value === 'object' ? (value as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}
