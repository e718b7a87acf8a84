import { Service, inject } from '@angular/core';

import { ApiClient } from '../core/api/api-client';
import { errorFromResponse } from '../core/api/api-error';
import { GREETING } from './snippets/snippet';

export interface TestResult {
  answer: string;
  seconds: number;
  /** Coins, as the server says. */
  cost: string;
}

const LONGEST_MS = 120_000;

interface Completion {
  choices?: { message?: { content?: string | null } }[];
}

/** Asks a model one small question, as a tool would. */
@Service()
export class ConnectionTest {
  private readonly api = inject(ApiClient);

  /** With a key as the tool would, else with the session. Throws an ApiError. */
  async run(model: string, key: string): Promise<TestResult> {
    // Without a limit, as the programs of this page: models differ in its name, and some think first.
    const body = { model, messages: [{ role: 'user', content: GREETING }] };
    const signal = AbortSignal.timeout(LONGEST_MS);
    const begun = performance.now();
    const response =
      key === ''
        ? await this.api.send('/chat/completions', { method: 'POST', body, signal })
        : await sendWithKey(key, body, signal);
    const { choices } = (await response.json()) as Completion;
    return {
      answer: choices?.[0]?.message?.content ?? '',
      seconds: (performance.now() - begun) / 1000,
      cost: response.headers.get('x-lumen-cost') ?? '0',
    };
  }
}

/** Without the cookie: it is the key that is tested. A refusal says nothing about the session. */
async function sendWithKey(key: string, body: object, signal: AbortSignal): Promise<Response> {
  const response = await fetch('/v1/chat/completions', {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    credentials: 'omit',
    cache: 'no-store',
    signal,
  });
  if (!response.ok) throw await errorFromResponse(response);
  return response;
}
