import { RefreshService } from '../../../server/src/budgets/refresh/refresh.service.js';
import { FoldingService } from '../../../server/src/usage/rollups/folding.service.js';
import { InProcessLumen } from '../lumen/in-process.js';
import { type Dialect } from '../lumen/lumen-server.js';
import { consoleAddresses } from './console-addresses.js';
import { groupsOf, type Institution, LOOKER, modelsOf } from './institution.js';
import { keptInstitution } from './kept-institution.js';

/** Milliseconds of the first answer, and of the quickest of the next: others use the machine, too. */
export interface AnswerFigures {
  address: string;
  /** Milliseconds of the first answer. */
  firstMs: number;
  /** Of the quickest of the next: others use the machine, too. */
  againMs: number;
  /** Processor time of that one; of PostgreSQL's, which has processes of its own, nothing. */
  processorMs: number;
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
  return lumen;
}

/** Asks all that pages ask; throws if an answer is not 200. */
export async function measureAnswers(lumen: InProcessLumen): Promise<AnswerFigures[]> {
  const found: AnswerFigures[] = [];
  for (const address of consoleAddresses()) {
    const first = await ask(lumen, address);
    const again: Asked[] = [];
    for (let time = 0; time < TIMES; time += 1) again.push(await ask(lumen, address));
    found.push({
      address,
      firstMs: Math.round(first.tookMs),
      againMs: Math.round(Math.min(...again.map(({ tookMs }) => tookMs))),
      processorMs: Math.round(Math.min(...again.map(({ processorMs }) => processorMs))),
    });
  }
  return found;
}

interface Asked {
  tookMs: number;
  processorMs: number;
}

async function ask(lumen: InProcessLumen, address: string): Promise<Asked> {
  const before = process.cpuUsage();
  const { status, body, tookMs } = await lumen.ask('GET', address);
  if (status !== 200) throw new Error(`${address}: ${status} ${JSON.stringify(body)}`);
  const { user, system } = process.cpuUsage(before);
  return { tookMs, processorMs: (user + system) / 1000 };
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
