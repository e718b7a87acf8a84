import { RefreshService } from '../../../server/src/budgets/refresh/refresh.service.js';
import { FoldingService } from '../../../server/src/usage/rollups/folding.service.js';
import { InProcessLumen } from '../lumen/in-process.js';
import { BrowserSession } from '../lumen/browser-session.js';
import { type Dialect, LumenServer } from '../lumen/lumen-server.js';
import { consoleAddresses } from './console-addresses.js';
import { groupsOf, type Institution, LOOKER, modelsOf } from './institution.js';
import { keptInstitution } from './kept-institution.js';

export interface AnswerFigures {
  address: string;
  /** Milliseconds of the first answer. */
  firstMs: number;
  /** Of the quickest of the next: others use the machine, too. */
  againMs: number;
}

const TIMES = 3;

/** An institution in a database, and Lumen in this process to be asked about it. */
export async function startInstitution(
  dialect: Dialect,
  place: Institution,
): Promise<InProcessLumen> {
  const database = await keptInstitution(dialect, place);
  const configure = (url: string) => institutionConfiguration(url, place);
  // Who looks is one of the people.
  const lumen = await InProcessLumen.start(dialect, configure, 0, database);
  // What a place that runs did long ago, and this one would do in the minute it is measured in.
  await lumen.app.get(RefreshService).refreshAll();
  const folding = lumen.app.get(FoldingService);
  await folding.fold();
  await folding.pack();
  await folding.keepLatencies();
  return lumen;
}

/** The built server in front of the database of `lumen`. */
export function serveInstitution(
  lumen: InProcessLumen,
  dialect: Dialect,
  place: Institution,
): Promise<LumenServer> {
  return LumenServer.start({
    dialect,
    databaseUrl: lumen.databaseUrl,
    models: modelsOf(place, 'http://127.0.0.1:9/v1'),
    groups: groupsOf(place),
    extra: `superadmins: [${LOOKER}]`,
  });
}

/** Asks the built server all that pages ask; throws if an answer is not 200. */
export async function measureAnswers(server: LumenServer): Promise<AnswerFigures[]> {
  const session = await BrowserSession.start(server);
  const found: AnswerFigures[] = [];
  for (const address of consoleAddresses()) {
    const firstMs = await askedMs(session, address);
    const again: number[] = [];
    for (let time = 0; time < TIMES; time += 1) again.push(await askedMs(session, address));
    found.push({ address, firstMs, againMs: Math.min(...again) });
  }
  return found;
}

/** From the request to the last byte of the answer. */
async function askedMs(session: BrowserSession, address: string): Promise<number> {
  const startedMs = performance.now();
  const answer = await session.fetch(address);
  const text = await answer.text();
  const tookMs = Math.round(performance.now() - startedMs);
  if (answer.status !== 200) throw new Error(`${address}: ${answer.status} ${text}`);
  return tookMs;
}

export const institutionConfiguration = (databaseUrl: string, place: Institution) => `
app:
  secret_key: test-secret-test-secret-test-secret-test
  encryption_key: test-encryption-test-encryption-test-enc
  database_url: ${databaseUrl}
  debug: true
  dev_user: ${LOOKER}
superadmins: [${LOOKER}]
log: { level: error }
models: ${modelsOf(place, 'http://127.0.0.1:9/v1')}
groups:
  default: { max: 10, refresh: 0.1 }
${groupsOf(place)}
`;
