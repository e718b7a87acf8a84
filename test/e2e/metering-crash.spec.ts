import { describe, expect, it } from '@jest/globals';
import { recordFromJson } from '../../server/src/usage/log/record-json.js';
import { DIALECTS, type LumenServer } from '../support/lumen/lumen-server.js';
import { Metered, NANO } from '../support/lumen/metered.js';
import { onDatabaseOf } from '../support/lumen/server-database.js';
import { chunkText, stream } from '../support/scripted-upstream.js';
import { until } from '../support/until.js';

const WORDS = [' w0', ' w1', ' w2', ' w3', ' w4'].map((word) => chunkText(word));
/** Streams are noted every five seconds. */
const NOTED_WITHIN_MS = 30_000;
/** A lease of five seconds, a look of the reaper, and what a busy machine needs. */
const RESOLVED_WITHIN_MS = 60_000;

/** The output tokens that the open holds would be settled with. */
function notedOf(server: LumenServer): Promise<(number | null)[]> {
  return onDatabaseOf(server, async (database) => {
    const rows = await database.query<{ checkpoint: string }[]>('SELECT checkpoint FROM holds');
    return rows.map(({ checkpoint }) => recordFromJson(checkpoint).completionTokens);
  });
}

describe.each(DIALECTS)('a process that dies in the middle of a stream on %s', (dialect) => {
  it('leaves what was last noted, and another charges exactly that', async () => {
    await using metered = await Metered.start({
      dialect,
      purses: { payer: { coins: 100 } },
      extra: 'budgets: { default_output_tokens: 50, lease_s: 5, reaper_interval_s: 1 }\n',
    });
    const { server, upstream } = metered;
    const payer = await metered.payer('payer');
    const gate = Promise.withResolvers<void>();
    const never = new Promise(() => undefined);
    upstream.next(stream(...WORDS.slice(0, 3), gate.promise, ...WORDS.slice(3), never));
    const answer = await payer.ask({ stream: true });
    const reader = answer.body!.getReader();
    let text = '';
    const readTo = async (word: string) => {
      while (!text.includes(word)) text += Buffer.from((await reader.read()).value!).toString();
    };

    await readTo(' w2');
    expect(await notedOf(server)).toEqual([null]);
    const isNoted = async () => (await notedOf(server))[0] === 3;
    await until(isNoted, NOTED_WITHIN_MS);
    gate.resolve();
    await readTo(' w4');
    await server.crash();
    expect(await payer.poolNow()).toMatchObject({ balance: 100n * NANO, held: 50n * NANO });

    await server.launch();
    const isSettled = async () => (await payer.poolNow())?.held === 0n;
    await until(isSettled, RESOLVED_WITHIN_MS);
    expect(await metered.rows(1)).toMatchObject([
      {
        outcome: 'failed',
        status: 503,
        errorCode: 'replica_lost',
        accuracy: 'partial',
        completionTokens: 3,
        cost: 3n * NANO,
        coinsHeld: 50n * NANO,
      },
    ]);
    expect(await payer.poolNow()).toMatchObject({ balance: 97n * NANO });
    await server.command('ledger', 'verify');
  }, 120_000);
});
