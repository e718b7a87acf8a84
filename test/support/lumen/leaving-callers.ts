import { type Behaviour, chunkText } from '../scripted-upstream.js';
import { type Payer } from './metered.js';

interface Served {
  words: number;
  /** `performance.now()`; null while the caller is there. */
  leftAtMs: number | null;
}

/** Writes a word every `pauseMs`, until it is stopped, and remembers for whom. */
export class WritingBackend {
  readonly served = new Map<string, Served>();

  constructor(private readonly pauseMs: number) {}

  readonly answer: Behaviour = async (request, response) => {
    const served: Served = { words: 0, leftAtMs: null };
    this.served.set(String(request.headers['x-request-id']), served);
    const gone = request.aborted.then(() => {
      served.leftAtMs = performance.now();
      return true;
    });
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (;;) {
      response.write(chunkText(` w${served.words}`));
      served.words += 1;
      const pause = new Promise<boolean>((resolve) => setTimeout(resolve, this.pauseMs, false));
      if (await Promise.race([gone, pause])) return;
    }
  };

  get stopped(): number {
    return [...this.served.values()].filter(({ leftAtMs }) => leftAtMs !== null).length;
  }
}

/** A caller that has left. */
export interface Left {
  requestId: string;
  seen: number;
  leftAtMs: number;
}

/** Reads until so many words have come, and leaves. */
export async function leaveAfter(words: number, payer: Payer, requestId: string): Promise<Left> {
  const leaving = new AbortController();
  const left: Left = { requestId, seen: 0, leftAtMs: 0 };
  try {
    const answer = await payer.ask({ stream: true }, leaving.signal, requestId);
    for await (const bytes of answer.body!) {
      left.seen += Buffer.from(bytes).toString().split('"content":').length - 1;
      if (left.seen < words) continue;
      left.leftAtMs = performance.now();
      leaving.abort();
    }
  } catch {
    // This caller has left.
  }
  return left;
}

/** Milliseconds from a caller's leaving to the backend's hearing of it, in order. */
export function delaysOf(left: readonly Left[], backend: WritingBackend): number[] {
  return left
    .map(({ requestId, leftAtMs }) => backend.served.get(requestId)!.leftAtMs! - leftAtMs)
    .toSorted((one, other) => one - other);
}
