import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DIALECTS } from '../support/lumen/lumen-server.js';
import { Metered, NANO, type Payer } from '../support/lumen/metered.js';
import {
  type Behaviour,
  chunkText,
  completionText,
  cutAfter,
  deltaText,
  DONE,
  reset,
  status,
  stream,
  usageText,
} from '../support/scripted-upstream.js';

const WORDS = [' one', ' two', ' three', ' four'];
const CHUNKS = WORDS.map((word) => chunkText(word));
const STOP = chunkText('').replace('"finish_reason":null', '"finish_reason":"stop"');
/** Four bytes a token of what was sent; the body of these tests. */
const PROMPT = Math.ceil(
  JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'hi' }], stream: true }).length /
    4,
);

interface Lie {
  what: string;
  behaviour: Behaviour;
  /** Tokens of prompt and completion; null: nothing. */
  charged: [number, number] | null;
  accuracy: 'exact' | 'estimated' | 'partial' | null;
  outcome?: string;
}

const usage = (prompt: unknown, completion: unknown, rest: object = {}) => ({
  prompt_tokens: prompt,
  completion_tokens: completion,
  ...rest,
});
const withUsage = (...reports: unknown[]) => stream(...CHUNKS, ...reports.map(usageText), DONE);
const interim = (word: string, completion: number) =>
  chunkText(word).replace('}\n\n', `,"usage":${JSON.stringify(usage(5, completion))}}\n\n`);

const STREAMED: Lie[] = [
  { what: 'the truth', behaviour: withUsage(usage(5, 4)), charged: [5, 4], accuracy: 'exact' },
  { what: 'zero', behaviour: withUsage(usage(0, 0)), charged: [0, 0], accuracy: 'exact' },
  { what: 'nothing', behaviour: withUsage(), charged: [PROMPT, 4], accuracy: 'estimated' },
  ...(
    [
      ['a text for a tool', (word) => ({ tool_calls: [{ index: 0, custom: { input: word } }] })],
      ['spoken words', (word) => ({ audio: { transcript: word } })],
      ['texts in lists', (word) => ({ content: [{ type: 'text', text: word }] })],
      ['thoughts in lists', (word) => ({ reasoning_details: [{ text: word }] })],
    ] satisfies [string, (word: string) => object][]
  ).map(([what, delta]): Lie => ({
    what: `nothing of ${what}`,
    behaviour: stream(...WORDS.map((word) => deltaText(delta(word))), DONE),
    charged: [PROMPT, 4],
    accuracy: 'estimated',
  })),
  { what: 'null', behaviour: withUsage(null), charged: [PROMPT, 4], accuracy: 'estimated' },
  {
    what: 'negative',
    behaviour: withUsage(usage(-5, -4)),
    charged: [PROMPT, 4],
    accuracy: 'estimated',
  },
  {
    what: 'negative output',
    behaviour: withUsage(usage(5, -4)),
    charged: [5, 4],
    accuracy: 'estimated',
  },
  {
    what: 'floats',
    behaviour: withUsage(usage(5.5, 4.5)),
    charged: [PROMPT, 4],
    accuracy: 'estimated',
  },
  {
    what: 'strings',
    behaviour: withUsage(usage('5', '4')),
    charged: [PROMPT, 4],
    accuracy: 'estimated',
  },
  { what: 'a list', behaviour: withUsage([5, 4]), charged: [PROMPT, 4], accuracy: 'estimated' },
  {
    what: 'huge',
    behaviour: withUsage(usage(1e9, 1e9)),
    charged: [PROMPT, 4],
    accuracy: 'estimated',
  },
  {
    what: 'more than whole numbers',
    behaviour: withUsage(usage(5, 1e300)),
    charged: [5, 4],
    accuracy: 'estimated',
  },
  {
    what: 'a wrong total',
    behaviour: withUsage(usage(5, 4, { total_tokens: 1 })),
    charged: [5, 4],
    accuracy: 'exact',
  },
  {
    what: 'usage twice',
    behaviour: withUsage(usage(5, 3), usage(6, 4)),
    charged: [6, 4],
    accuracy: 'exact',
  },
  {
    what: 'usage twice, the second lower',
    behaviour: withUsage(usage(5, 4), usage(5, 1)),
    charged: [5, 4],
    accuracy: 'exact',
  },
  {
    what: 'usage twice, the second a lie',
    behaviour: withUsage(usage(5, 4), usage(-1, 'x')),
    charged: [5, 4],
    accuracy: 'exact',
  },
  {
    what: 'usage before the end',
    behaviour: stream(CHUNKS[0]!, usageText(usage(5, 4)), ...CHUNKS.slice(1), DONE),
    charged: [5, 4],
    accuracy: 'exact',
  },
  {
    what: 'usage before the end, and breaks off',
    behaviour: cutAfter(usageText(usage(5, 0)), ...CHUNKS),
    charged: [5, 4],
    accuracy: 'partial',
    outcome: 'failed',
  },
  {
    what: 'usage before the end, and ends in good order before it is one',
    behaviour: stream(usageText(usage(5, 0)), ...CHUNKS),
    charged: [5, 4],
    accuracy: 'partial',
    outcome: 'failed',
  },
  {
    what: 'usage before it fails',
    behaviour: stream(
      usageText(usage(5, 0)),
      ...CHUNKS,
      'data: {"error":{"message":"no GPU"}}\n\n',
    ),
    charged: [5, 4],
    accuracy: 'partial',
    outcome: 'failed',
  },
  {
    what: 'usage that grows with each chunk',
    behaviour: stream(interim(' a', 1), interim(' b', 2), interim(' c', 3), DONE),
    charged: [5, 3],
    accuracy: 'exact',
  },
  {
    what: 'no [DONE]',
    behaviour: stream(...CHUNKS, usageText(usage(5, 4))),
    charged: [5, 4],
    accuracy: 'exact',
  },
  {
    what: 'a reason, and no more',
    behaviour: stream(...CHUNKS, STOP),
    charged: [PROMPT, 4],
    accuracy: 'estimated',
  },
  {
    what: 'an end in good order before it is one',
    behaviour: stream(...CHUNKS),
    charged: [PROMPT, 4],
    accuracy: 'partial',
    outcome: 'failed',
  },
  {
    what: 'usage in half a line',
    behaviour: stream(...CHUNKS, usageText(usage(5, 4)).slice(0, -20)),
    charged: [PROMPT, 4],
    accuracy: 'partial',
    outcome: 'failed',
  },
  {
    what: 'a cut before the usage',
    behaviour: cutAfter(...CHUNKS),
    charged: [PROMPT, 4],
    accuracy: 'partial',
    outcome: 'failed',
  },
  {
    what: 'a cut after interim usage',
    behaviour: cutAfter(interim(' a', 1), interim(' b', 2)),
    charged: [5, 2],
    accuracy: 'partial',
    outcome: 'failed',
  },
  {
    what: 'a cut before the first word',
    behaviour: cutAfter(': hello\n\n'),
    charged: null,
    accuracy: null,
    outcome: 'failed',
  },
  {
    what: 'an error event after some words',
    behaviour: stream(...CHUNKS, 'data: {"error":{"message":"out of memory"}}\n\n', DONE),
    charged: [PROMPT, 4],
    accuracy: 'partial',
    outcome: 'failed',
  },
  {
    what: 'an error event before the first word',
    behaviour: stream('data: {"error":"no GPU"}\n\n', DONE),
    charged: null,
    accuracy: null,
    outcome: 'failed',
  },
  { what: 'a reset', behaviour: reset, charged: null, accuracy: null, outcome: 'failed' },
  {
    what: 'an error',
    behaviour: status(500, '{"usage":{"prompt_tokens":9,"completion_tokens":9}}'),
    charged: null,
    accuracy: null,
    outcome: 'failed',
  },
  {
    what: 'a stream that is compressed though nobody asked',
    behaviour: (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' });
      response.end(gzipSync(CHUNKS.join('') + DONE));
    },
    charged: [PROMPT, Math.ceil(gzipSync(CHUNKS.join('') + DONE).length / 4)],
    accuracy: 'estimated',
  },
  {
    what: 'more after [DONE]',
    behaviour: stream(
      ...CHUNKS,
      usageText(usage(5, 4)),
      DONE,
      chunkText('late'),
      usageText(usage(9, 9)),
    ),
    charged: [5, 4],
    accuracy: 'exact',
  },
];

const whole = (reported: unknown, content = WORDS.join('')) =>
  status(200, completionText(content, reported));
const WHOLE_PROMPT = Math.ceil(
  JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'hi' }] }).length / 4,
);

const WHOLE: Lie[] = [
  { what: 'the truth', behaviour: whole(usage(5, 4)), charged: [5, 4], accuracy: 'exact' },
  { what: 'zero', behaviour: whole(usage(0, 0)), charged: [0, 0], accuracy: 'exact' },
  {
    what: 'nothing',
    behaviour: whole(null, 'x'.repeat(80)),
    charged: [WHOLE_PROMPT, 20],
    accuracy: 'estimated',
  },
  {
    what: 'negative',
    behaviour: whole(usage(5, -4), 'x'.repeat(80)),
    charged: [5, 20],
    accuracy: 'estimated',
  },
  {
    what: 'more than it was allowed',
    behaviour: whole(usage(5, 4_097), 'x'.repeat(80)),
    charged: [5, 20],
    accuracy: 'estimated',
  },
  {
    what: 'a page of HTML',
    behaviour: status(200, '<html>"usage":{}</html>', { 'content-type': 'text/html' }),
    charged: null,
    accuracy: null,
    outcome: 'failed',
  },
  {
    what: 'JSON that stops',
    behaviour: status(200, completionText('x'.repeat(80)).slice(0, -60)),
    charged: null,
    accuracy: null,
    outcome: 'failed',
  },
  { what: 'a reset', behaviour: reset, charged: null, accuracy: null, outcome: 'failed' },
];

describe.each(DIALECTS)('an upstream that lies, on %s', (dialect) => {
  const running = new AsyncDisposableStack();
  let metered: Metered;
  let payer: Payer;
  /** A coin for each token, whichever way: the charge says both. */
  const prices = { inputPrice: 1, outputPrice: 1 };

  beforeAll(async () => {
    const purses = { payer: { coins: 1_000_000 } };
    // Each lie is told once, however many come in a row.
    const extra = 'upstream: { retries: { attempts: 0 }, ejection: { failures: 1000 } }\n';
    metered = running.use(await Metered.start({ dialect, purses, ...prices, extra }));
    payer = await metered.payer('payer');
    // Makes the pool, so that each test can say by how much it falls.
    await (await payer.ask({})).text();
  }, 60_000);

  afterAll(() => running.disposeAsync());

  async function expectCharge(lie: Lie, body: object): Promise<void> {
    const { behaviour, charged, accuracy, outcome = 'completed' } = lie;
    metered.upstream.next(behaviour);
    const before = (await payer.pool()).balance;
    const row = await metered.rowOf(async () =>
      (await payer.ask(body)).arrayBuffer().catch(() => null),
    );
    const total = charged ? charged[0] + charged[1] : 0;
    expect(row).toMatchObject({
      outcome,
      accuracy,
      promptTokens: charged?.[0] ?? null,
      completionTokens: charged?.[1] ?? null,
      cost: charged && BigInt(total) * NANO,
    });
    const { balance } = await payer.pool();
    expect(before - balance).toBe(BigInt(total) * NANO);
  }

  it.each(STREAMED.map((lie) => [lie.what, lie] as const))('streams and reports %s', (_what, lie) =>
    expectCharge(lie, { stream: true }),
  );

  it.each(WHOLE.map((lie) => [lie.what, lie] as const))(
    'answers in one piece and reports %s',
    (_what, lie) => expectCharge(lie, {}),
  );

  it('is believed about a film, of which it alone knows how long it is', async () => {
    const film = { type: 'video_url', video_url: { url: 'https://example.org/lecture.mp4' } };
    const messages = [{ role: 'user', content: [film] }];
    const honest: Lie = {
      what: 'the truth',
      behaviour: whole(usage(60_000, 4)),
      charged: [60_000, 4],
      accuracy: 'exact',
    };
    await expectCharge(honest, { messages });
  });

  it('leaves nothing that the server calls a crash', () => {
    expect(metered.server.log.filter((line) => line['level'] === 'error')).toEqual([]);
    expect(metered.server.errors).toEqual([]);
  });
});
