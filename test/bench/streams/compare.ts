import { openDatabase } from '../databases.ts';
import { Lumen } from '../lumen.ts';
import { measureStreams, type OpenStreams, relayedBy, type StreamsPlan } from './measure.ts';

export interface StreamsComparison {
  relay: OpenStreams;
  lumen: OpenStreams;
  /** How late Lumen's event loop was while all streams were open: 99 % of its turns were less. */
  lagP99Ms: number;
}

/** Connections that the relay may have to its backend. */
const CONNECTIONS = '8192';
const METRICS = 'prometheus: { enabled: true }\n';
const LAG = /^lumen_event_loop_lag_seconds\{[^}]*"p99"[^}]*\} (\S+)$/m;

/** On SQLite, since where the books are makes no difference to a stream that is open. */
export async function compareStreams(plan: StreamsPlan): Promise<StreamsComparison> {
  const relay = await measureStreams(relayedBy('relay.ts', CONNECTIONS), plan);
  const database = await openDatabase('sqlite');
  let lagP99Ms = Number.NaN;
  let running: Lumen | null = null;
  const start = async ({ origin }: { origin: string }): Promise<Lumen> => {
    const databaseUrl = database.url;
    running = await Lumen.start({ databaseUrl, upstream: origin, extra: METRICS });
    return running;
  };
  const lumen = await measureStreams(start, plan, {
    begin: async (of) => void (await lagOf(of)),
    end: async (of) => {
      lagP99Ms = await lagOf(of);
    },
  });
  await (running as Lumen | null)?.stop();
  return { relay, lumen, lagP99Ms };
}

/** Since it was last asked. */
async function lagOf({ origin }: { origin: string }): Promise<number> {
  const page = await (await fetch(`${origin}/metrics`)).text();
  return Number(LAG.exec(page)?.[1]) * 1_000;
}
