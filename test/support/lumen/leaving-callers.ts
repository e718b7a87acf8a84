import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type Behaviour, chunkText } from '../scripted-upstream.js';
import { type LeavingOrder } from './leaving-callers.worker.js';
import { type Payer } from './metered.js';

/** The same in every thread. */
const nowMs = () => Number(process.hrtime.bigint()) / 1e6;

interface Served {
  words: number;
  /** Null while the caller is there. */
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
      served.leftAtMs = nowMs();
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
      left.leftAtMs = nowMs();
      leaving.abort();
    }
  } catch {
    // This caller has left.
  }
  return left;
}

/**
 * The same by many callers at once, named "caller-0" and so on, in a thread of their own: a backend in
 * this one hears that a caller has left while hundreds of others are reading.
 */
export async function leaveInThread(order: LeavingOrder): Promise<Left[]> {
  const worker = new Worker(new URL('./leaving-callers.worker.ts', import.meta.url), {
    workerData: order,
    execArgv: [],
  });
  const [left] = (await once(worker, 'message')) as [Left[]];
  await worker.terminate();
  return left;
}

/** Milliseconds from a caller's leaving to the backend's hearing of it, in order. */
export function delaysOf(left: readonly Left[], backend: WritingBackend): number[] {
  return left
    .map(({ requestId, leftAtMs }) => backend.served.get(requestId)!.leftAtMs! - leftAtMs)
    .toSorted((one, other) => one - other);
}
