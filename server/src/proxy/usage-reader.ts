import { type TokenUsage } from '../usage/index.js';

const USAGE_KEY = Buffer.from('"usage"');
const DATA = 'data:';
const MOST_KEPT_BYTES = 4 * 1024 * 1024;
const TAIL_BYTES = 64 * 1024;

export const NO_USAGE: TokenUsage = Object.freeze({
  promptTokens: null,
  completionTokens: null,
  cachedTokens: null,
  reasoningTokens: null,
});

/** Looks at an answer's bytes as they pass, and says in the end what usage the backend reported. */
export interface UsageReader {
  observe(chunk: Buffer): void;
  result(): TokenUsage;
}

/**
 * For answers as server-sent events. Only lines that mention usage are parsed; the last one that
 * has any counts. A line longer than 4 MiB is passed over.
 */
export class StreamUsageReader implements UsageReader {
  private partial: Buffer = Buffer.alloc(0);
  private usage: TokenUsage = NO_USAGE;

  observe(chunk: Buffer): void {
    const bytes = this.partial.length === 0 ? chunk : Buffer.concat([this.partial, chunk]);
    const lineEnd = bytes.lastIndexOf(0x0a);
    if (lineEnd === -1) {
      this.partial = bytes.length > MOST_KEPT_BYTES ? Buffer.alloc(0) : bytes;
      return;
    }
    this.partial = bytes.subarray(lineEnd + 1);
    if (bytes.indexOf(USAGE_KEY) !== -1) this.readLines(bytes.toString('utf8', 0, lineEnd));
  }

  result(): TokenUsage {
    if (this.partial.length > 0) this.readLines(this.partial.toString('utf8'));
    return this.usage;
  }

  private readLines(text: string): void {
    for (const line of text.split('\n')) {
      if (!line.startsWith(DATA) || !line.includes('"usage"')) continue;
      const usage = usageIn(line.slice(DATA.length));
      if (usage) this.usage = usage;
    }
  }
}

/** For one JSON answer. Of one over 4 MiB only the end is kept, where backends put `usage`. */
export class JsonUsageReader implements UsageReader {
  private chunks: Buffer[] = [];
  private length = 0;
  private isWhole = true;

  observe(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.length += chunk.length;
    if (this.length > MOST_KEPT_BYTES) {
      const tail = Buffer.concat(this.chunks).subarray(-TAIL_BYTES);
      this.chunks = [Buffer.from(tail)];
      this.length = tail.length;
      this.isWhole = false;
    }
  }

  result(): TokenUsage {
    const text = Buffer.concat(this.chunks).toString('utf8');
    const found = this.isWhole ? usageIn(text) : usageIn(`{${lastUsageObject(text)}}`);
    return found ?? NO_USAGE;
  }
}

/** The text `"usage":{…}` that stands last; a quote inside a string would be escaped. */
function lastUsageObject(text: string): string {
  const match = [...text.matchAll(/"usage"\s*:\s*\{(?:[^{}]|\{[^{}]*\})*\}/g)].at(-1);
  return match?.[0] ?? '';
}

function usageIn(json: string): TokenUsage | null {
  try {
    const parsed = JSON.parse(json) as { usage?: unknown } | null;
    return usageFrom(parsed?.usage);
  } catch {
    return null;
  }
}

/** OpenAI's `usage` object; a count that is not a whole number from 0 is no count. */
export function usageFrom(usage: unknown): TokenUsage | null {
  if (typeof usage !== 'object' || usage === null) return null;
  const fields = usage as Record<string, unknown>;
  return {
    promptTokens: count(fields['prompt_tokens']),
    completionTokens: count(fields['completion_tokens']),
    cachedTokens: count(detail(fields['prompt_tokens_details'], 'cached_tokens')),
    reasoningTokens: count(detail(fields['completion_tokens_details'], 'reasoning_tokens')),
  };
}

function detail(details: unknown, key: string): unknown {
  return typeof details === 'object' && details !== null
    ? (details as Record<string, unknown>)[key]
    : undefined;
}

function count(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
