import { expect } from '@jest/globals';
import { CountingUpstream } from '../counting-upstream.js';
import { type Dialect, type LumenOptions, LumenServer } from './lumen-server.js';
import { askMetered } from './metered-caller.js';
import { PoolReader } from './pool-reader.js';
import { ReplicaSet } from './replica-set.js';
import { requestLogOf } from './request-log.js';

const NANO = 1_000_000_000n;
const TOKENS = 10;
const AFFORDABLE = 100;
const RACER = 'racer@example.edu';

/** One coin a token of output, nothing for the input: what can be paid is known exactly. */
const models = (url: string) =>
  JSON.stringify([
    {
      name: 'm',
      input_cost_per_million: 0,
      output_cost_per_million: 1_000_000,
      endpoints: [{ url, api_key: 'none' }],
    },
  ]);

const extra = `
users:
  ${RACER}:
    max: ${AFFORDABLE * TOKENS}
`;

export interface Race {
  dialect: Dialect;
  replicas: number;
  requests: number;
  /** Behind a real nginx, with Redis between them. */
  isBalanced?: boolean;
}

/**
 * Many requests at once, streaming and not, spread over the replicas, on a pool that can pay for
 * 100 of them: exactly those are served, to the token, and at no moment is more held than is there.
 */
export async function race({ dialect, replicas, requests, isBalanced }: Race): Promise<void> {
  await using running = new AsyncDisposableStack();
  const upstream = running.use(await CountingUpstream.start());
  upstream.pauseMs = 1;
  const options = { dialect, models: models(upstream.url), extra };
  const { first, urls } = isBalanced
    ? await balanced(replicas, options, running)
    : await sideBySide(replicas, options, running);
  const key = await first.createKey(RACER);
  const pools = running.use(await PoolReader.open(first));
  const asking = Promise.all(
    Array.from({ length: requests }, (_, index) =>
      askMetered({
        url: urls[index % urls.length]!,
        key,
        isStream: index % 2 === 0,
        maxTokens: TOKENS,
      }),
    ),
  );
  const [answers, { looks, faults }] = await Promise.all([asking, pools.watch(asking)]);

  expect(faults).toEqual([]);
  expect(looks).toBeGreaterThan(1);
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(AFFORDABLE);
  expect(statuses.filter((status) => status === 429)).toHaveLength(requests - AFFORDABLE);
  expect(answers.filter((answer) => answer.isAcknowledged)).toHaveLength(AFFORDABLE);
  const [pool] = await pools.amounts();
  expect(pool).toMatchObject({ unit: 'coins', balance: 0n, held: 0n });
  const produced = [...upstream.served.values()].reduce(
    (sum, { completionTokens }) => sum + completionTokens,
    0,
  );
  expect(produced).toBe(AFFORDABLE * TOKENS);
  const rows = await requestLogOf(first, requests);
  const charged = rows.reduce((sum, { cost }) => sum + (cost ?? 0n), 0n);
  expect(charged).toBe(BigInt(produced) * NANO);
  await first.command('ledger', 'verify');
}

interface Servers {
  first: LumenServer;
  /** Where callers ask, in turn. */
  urls: string[];
}

async function sideBySide(
  replicas: number,
  options: LumenOptions,
  running: AsyncDisposableStack,
): Promise<Servers> {
  const first = running.use(await LumenServer.start(options));
  const urls = [first.url];
  while (urls.length < replicas) {
    const { databaseUrl } = first;
    urls.push(running.use(await LumenServer.start({ ...options, databaseUrl })).url);
  }
  return { first, urls };
}

async function balanced(
  replicas: number,
  options: LumenOptions,
  running: AsyncDisposableStack,
): Promise<Servers> {
  const { first, url } = running.use(await ReplicaSet.start(replicas, options));
  return { first, urls: [url] };
}
