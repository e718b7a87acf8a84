/**
 * Many requests through Lumen, and what it has in memory after the first of them and after all, as
 * JSON: `node test/bench/soak.ts --first 20000 --all 200000`.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { cleanUp, stopOnSignals } from '../../scripts/shutdown.mjs';
import { openDatabase } from './databases.ts';
import { type Kind } from './exchange.ts';
import { keptMemory } from './inspected-memory.ts';
import { Lumen } from './lumen.ts';
import { Load, startService } from './processes.ts';

const TURN_MS = 1_000;
const CONNECTIONS = 32;
/** What is left to do after an answer, its record and caches, settles. */
const SETTLE_MS = 2_000;
const MEGABYTE = 1e6;

const { values } = parseArgs({
  options: {
    first: { type: 'string', default: '20000' },
    all: { type: 'string', default: '200000' },
  },
});

async function soak(first: number, all: number): Promise<object> {
  const upstream = await startService('upstream.ts');
  const database = await openDatabase('sqlite');
  const lumen = await Lumen.start({
    databaseUrl: database.url,
    upstream: upstream.origin,
    isInspected: true,
  });
  const load = new Load();
  let answers = 0;
  /** Streams and answers in one piece by turns. */
  const askUntil = async (count: number): Promise<object> => {
    for (let turn = 0; answers < count; turn += 1) {
      const kind: Kind = turn % 2 === 0 ? 'completion' : 'stream';
      const { origin, key } = lumen;
      const job = { origin, key, kind, connections: CONNECTIONS, pauseMs: 0, forMs: TURN_MS };
      answers += (await load.run(job)).answers;
    }
    await delay(SETTLE_MS);
    const { heapUsed, external, rss } = await keptMemory(lumen.inspector);
    return { keptMb: (heapUsed + external) / MEGABYTE, residentMb: rss / MEGABYTE };
  };
  const afterFirst = await askUntil(first);
  const afterAll = await askUntil(all);
  await lumen.stop();
  const logged = await database.countRequests(lumen.directory);
  return { answers, logged, afterFirst, afterAll };
}

stopOnSignals({ isService: false, graceMs: 5_000 });
try {
  console.log(JSON.stringify(await soak(Number(values.first), Number(values.all))));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
await cleanUp();
