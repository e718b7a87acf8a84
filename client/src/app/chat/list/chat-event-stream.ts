import { EventSourceParserStream } from 'eventsource-parser/stream';

import { type ApiClient } from '../../core/api/api-client';
import { asApiError } from '../../core/api/api-error';
import { type ChatEvent, chatEventOf } from './chat-event';

/** The first wait after the connection broke, and the longest. */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** The server sends a sign of life more often than this; a connection without one is dead. */
const SILENCE_MS = 75_000;
/** A connection that held this long was a good one: the waits begin anew. */
const GOOD_MS = 10_000;

export interface Following {
  api: ApiClient;
  tell: (event: ChatEvent) => void;
  signal: AbortSignal;
}

/** Listens until the signal ends it or the person is signed out; connects anew when it breaks. */
export async function followChatEvents(following: Following): Promise<void> {
  const { api, tell, signal } = following;
  let failures = 0;
  let hasConnected = false;
  while (!signal.aborted) {
    let retryAfterMs = 0;
    let openedAt = Infinity;
    try {
      await connection(following, () => {
        if (hasConnected) tell({ kind: 'resumed', data: null });
        hasConnected = true;
        openedAt = Date.now();
      });
    } catch (cause) {
      if (signal.aborted || api.isSignedOut()) return;
      retryAfterMs = (asApiError(cause).retryAfterSeconds ?? 0) * 1_000;
    }
    if (Date.now() - openedAt > GOOD_MS) failures = 0;
    await pause(Math.max(retryAfterMs, waitBefore(failures++)), signal);
  }
}

/** Doubles with each failure; a little by chance, so that not everybody comes at once. */
export function waitBefore(failures: number, chance = Math.random()): number {
  const wait = Math.min(FIRST_WAIT_MS * 2 ** Math.min(failures, 10), LONGEST_WAIT_MS);
  return wait * (0.75 + chance / 2);
}

async function connection({ api, tell, signal }: Following, opened: () => void): Promise<void> {
  const silence = new AbortController();
  const either = AbortSignal.any([signal, silence.signal]);
  let timer = setTimeout(() => silence.abort(), SILENCE_MS);
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), SILENCE_MS);
  };
  try {
    const response = await api.send('/chat/events', { signal: either });
    opened();
    for await (const [kind, data] of events(response.body, heard)) {
      const event = chatEventOf(kind, data);
      if (event !== null) tell(event);
    }
  } finally {
    clearTimeout(timer);
  }
}

/** Kind and data of each event; leaving the loop cancels the stream. */
async function* events(
  body: ReadableStream<Uint8Array> | null,
  heard: () => void,
): AsyncGenerator<[string | undefined, string]> {
  if (body === null) return;
  const listening = new TransformStream<string, string>({
    transform(text, controller) {
      heard();
      controller.enqueue(text);
    },
  });
  const reader = body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .pipeThrough(listening)
    .pipeThrough(new EventSourceParserStream())
    .getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      yield [next.value.event, next.value.data];
    }
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}
