import { setTimeout as delay } from 'node:timers/promises';
import { Mailbox, type Service, startService } from '../processes.ts';
import { median } from '../statistics.ts';
import { type CallersJob, type StreamsResult } from './exchange.ts';
import { residentBytes } from './resident-memory.ts';

export interface OpenStreams extends StreamsResult {
  /** Of the one process that relays, for each stream beside what it had without; NaN if not known. */
  kilobytesEach: number;
}

export interface StreamsPlan {
  streams: number;
  /** How long all of them are open. */
  forMs: number;
}

interface Relaying {
  origin: string;
  key: string;
  pid: number;
}

const WARM_UP = { streams: 200, forMs: 1_000 };
const SAMPLE_MS = 500;
/** Memory settles before it is looked at. */
const SETTLE_MS = 3_000;

/** Streams of one frame a second through `start(backend)`, all open at a time. */
export async function measureStreams<T extends Relaying>(
  start: (backend: Service) => Promise<T>,
  plan: StreamsPlan,
  during?: { begin: (relaying: T) => Promise<void>; end: (relaying: T) => Promise<void> },
): Promise<OpenStreams> {
  const backend = new Mailbox('streams/backend.ts', []);
  const origin = `http://127.0.0.1:${String(await backend.next())}`;
  const callers = new Mailbox('streams/callers.ts', []);
  const relaying = await start({ origin, pid: backend.pid });
  const run = async (each: StreamsPlan, watch: () => Promise<void>): Promise<StreamsResult> => {
    const { origin: to, key } = relaying;
    await tell(callers, { kind: 'open', origin: to, key, streams: each.streams });
    const over = delay(each.forMs);
    await watch();
    await over;
    const ends = tell(callers, { kind: 'await-end' });
    backend.send('finish');
    return (await ends) as StreamsResult;
  };
  await run(WARM_UP, () => Promise.resolve());
  await delay(SETTLE_MS);
  const before = await residentBytes(relaying.pid);
  const samples: number[] = [];
  const result = await run(plan, async () => {
    const endsAtMs = performance.now() + plan.forMs;
    await delay(Math.min(SETTLE_MS, plan.forMs / 2));
    await during?.begin(relaying);
    while (performance.now() < endsAtMs) {
      samples.push(await residentBytes(relaying.pid));
      await delay(SAMPLE_MS);
    }
    await during?.end(relaying);
  });
  return { ...result, kilobytesEach: (median(samples) - before) / plan.streams / 1_000 };
}

/** The same through the bare relay. */
export function relayedBy(program: string, ...args: string[]) {
  return async (backend: Service): Promise<Relaying> => {
    const relay = await startService(program, backend.origin, ...args);
    return { ...relay, key: 'none' };
  };
}

async function tell(callers: Mailbox, job: CallersJob): Promise<unknown> {
  const answer = callers.next();
  callers.send(job);
  const outcome = (await answer) as { result: unknown } | { error: string };
  if ('error' in outcome) throw new Error(outcome.error);
  return outcome.result;
}
