/**
 * Streams of one frame a second, all open at a time, through the bare relay and through Lumen.
 * `node test/bench/streams/main.ts --streams 5000 --seconds 120` prints what came of them as JSON.
 */
import { parseArgs } from 'node:util';
import { cleanUp, stopOnSignals } from '../../../scripts/shutdown.mjs';
import { compareStreams } from './compare.ts';

const { values } = parseArgs({
  options: {
    streams: { type: 'string', default: '5000' },
    seconds: { type: 'string', default: '120' },
  },
});

stopOnSignals({ isService: false, graceMs: 5_000 });
try {
  const plan = { streams: Number(values.streams), forMs: Number(values.seconds) * 1_000 };
  console.log(JSON.stringify(await compareStreams(plan)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
await cleanUp();
