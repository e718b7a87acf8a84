/**
 * `npm run bench`: what Lumen costs, beside a bare relay in the same run (docs/benchmarks.md). Exits
 * with 1 if anything went wrong; a promise that is missed is said, and no error.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { cleanUp, isStopping, stopOnSignals } from '../../scripts/shutdown.mjs';
import { type Dialect, openDatabase } from './databases.ts';
import { Lumen } from './lumen.ts';
import { measure, type Measurement } from './measure.ts';
import { Load, type Service, startService } from './processes.ts';
import { rowsOf, rowsOfStreams } from './promises.ts';
import { compareStreams } from './streams/compare.ts';
import { circumstances, render, save, type Section } from './report.ts';

const PROFILES = fileURLToPath(new URL('../../.cache/profiles', import.meta.url));
const GRACE_MS = 5_000;
const STREAMS = { streams: 5_000, forMs: 10_000 };
const DIALECTS = ['sqlite', 'postgres'] as const;

const { values } = parseArgs({
  options: {
    /** One database instead of both. */
    only: { type: 'string' },
    /** CPU profiles of Lumen in .cache/profiles; the figures suffer. */
    profile: { type: 'boolean', default: false },
  },
});

interface Parts {
  load: Load;
  upstream: Service;
  relay: Service;
}

async function measureAll(dialects: readonly Dialect[]): Promise<Section[]> {
  const load = new Load();
  const upstream = await startService('upstream.ts');
  const relay = await startService('relay.ts', upstream.origin);
  const sections: Section[] = [];
  for (const dialect of dialects) {
    sections.push(await measureOn(dialect, { load, upstream, relay }));
  }
  console.log('Measuring open streams …');
  sections[0]!.rows.push(...rowsOfStreams(await compareStreams(STREAMS)));
  return sections;
}

async function measureOn(dialect: Dialect, { load, upstream, relay }: Parts): Promise<Section> {
  const database = await openDatabase(dialect);
  console.log(`Measuring on ${database.description} …`);
  const lumen = await Lumen.start({
    databaseUrl: database.url,
    upstream: upstream.origin,
    profileTo: values.profile ? PROFILES : undefined,
  });
  const targets = { relay: { ...relay, key: 'none' }, lumen };
  const measurement = await measure(load, targets);
  await lumen.stop();
  checkBooks(measurement, await database.countRequests(lumen.directory));
  return { database: database.description, measurement, rows: rowsOf(dialect, measurement) };
}

/** A request that was answered and is not in the log was fast for the wrong reason. */
function checkBooks({ answersOfLumen }: Measurement, logged: number): void {
  if (logged === answersOfLumen) return;
  throw new Error(`Lumen answered ${answersOfLumen} requests and logged ${logged}.`);
}

function chosenDialects(): readonly Dialect[] {
  if (values.only === undefined) return DIALECTS;
  const chosen = DIALECTS.find((dialect) => dialect === values.only);
  if (!chosen) throw new Error(`--only takes ${DIALECTS.join(' or ')}, not ${values.only}.`);
  return [chosen];
}

async function main(): Promise<void> {
  const where = circumstances();
  const sections = await measureAll(chosenDialects());
  console.log(`\n${render(where, sections)}`);
  console.log(`All of it: ${await save(where, sections)}`);
}

stopOnSignals({ isService: false, graceMs: GRACE_MS });
try {
  await main();
} catch (error) {
  // What a run that was told to stop makes of its dying processes is no news.
  if (!isStopping()) console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
if (!isStopping()) await cleanUp();
