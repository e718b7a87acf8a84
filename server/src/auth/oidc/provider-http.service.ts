import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Agent, request } from 'undici';
import { LoginRefusal } from './login-refusal.js';

const CONNECT_TIMEOUT_MS = 3_000;
const ANSWER_TIMEOUT_MS = 5_000;
const WHOLE_TIMEOUT_MS = 10_000;
const LARGEST_ANSWER_BYTES = 1024 * 1024;

export interface ProviderRequest {
  /** The address, and what it is in the words of a log line: "token endpoint". */
  url: string;
  what: string;
  headers?: Record<string, string>;
  /** Sent by POST as a form; without it the request is a GET. */
  form?: Record<string, string>;
}

export interface ProviderAnswer {
  status: number;
  contentType: string;
  text: string;
}

/** Requests to the identity provider: bounded in time and size, and redirects are not followed. */
@Injectable()
export class ProviderHttpService implements OnModuleDestroy {
  private readonly agent = new Agent({
    connect: { timeout: CONNECT_TIMEOUT_MS },
    headersTimeout: ANSWER_TIMEOUT_MS,
    bodyTimeout: ANSWER_TIMEOUT_MS,
    maxResponseSize: LARGEST_ANSWER_BYTES,
  });

  /**
   * Any answer below 500, as it came.
   * @throws LoginRefusal login_provider_unreachable when none came in time, or the provider failed
   */
  async fetch({ url, what, headers, form }: ProviderRequest): Promise<ProviderAnswer> {
    let answer: ProviderAnswer;
    try {
      const response = await request(url, {
        dispatcher: this.agent,
        method: form ? 'POST' : 'GET',
        headers: {
          accept: 'application/json',
          ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
          ...headers,
        },
        body: form ? new URLSearchParams(form).toString() : null,
        signal: AbortSignal.timeout(WHOLE_TIMEOUT_MS),
      });
      answer = {
        status: response.statusCode,
        contentType: String(response.headers['content-type'] ?? ''),
        text: await response.body.text(),
      };
    } catch (cause) {
      throw unreachable(`The ${what} at ${url} does not answer: ${reasonOf(cause)}.`, cause);
    }
    if (answer.status >= 500) {
      throw unreachable(`The ${what} at ${url} failed with status ${answer.status}.`);
    }
    return answer;
  }

  async onModuleDestroy(): Promise<void> {
    await this.agent.destroy();
  }
}

/** The JSON object in an answer, or undefined if it is none. */
export function jsonObjectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

export function unreachable(message: string, cause?: unknown): LoginRefusal {
  return new LoginRefusal('login_provider_unreachable', message, { cause });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return error.message ? `${code}, ${error.message}` : code;
}
