import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Resilient, type ResilientModel, type Seen } from '../support/lumen/resilient.js';
import { until } from '../support/until.js';
import { status, stream } from '../support/upstream/answers.js';
import { FakeUpstream } from '../support/upstream/fake-upstream.js';
import { serves } from '../support/upstream/fault-matrix.js';
import { Gate } from '../support/upstream/gate.js';
import { chunkText, DONE, errorText } from '../support/upstream/openai-texts.js';

const CRASHED = status(500, errorText('crashed'));
const COOLDOWN_S = 1;

describe('the way of requests to endpoints', () => {
  const running = new AsyncDisposableStack();
  const upstreams: FakeUpstream[] = [];
  let lumen: Resilient;

  const path = (model: string, index: number) => `/${model}/${index}/v1`;
  const count = (model: string, index: number) =>
    upstreams[index]!.requests.filter((request) => request.path.startsWith(path(model, index)))
      .length;
  const counts = (model: string) => [0, 1, 2].map((index) => count(model, index));
  const many = async (model: string, times: number, isStream = false) => {
    for (let each = 0; each < times; each += 1) await lumen.ask({ model, isStream });
  };

  beforeAll(async () => {
    for (let index = 0; index < 3; index += 1) {
      upstreams.push(running.use(await FakeUpstream.start()));
    }
    const model = (name: string, settings: object = {}): ResilientModel => ({
      name,
      urls: [],
      endpoints: upstreams.map((upstream, index) => ({
        url: upstream.url.replace('/v1', path(name, index)),
        weight: name === 'weighted' ? 3 - index : 1,
      })),
      retries: { attempts: 0 },
      ...settings,
    });
    lumen = running.use(
      await Resilient.start({
        dialect: 'sqlite',
        models: [
          model('even'),
          model('weighted'),
          model('sticky', { affinity: 'session' }),
          model('same', { affinity: 'session' }),
          model('ill'),
          model('dead'),
          model('narrow', { max_concurrent: 1 }),
        ],
        upstream: `max_queue: 2, queue_wait_s: 20, ejection: { failures: 2, cooldown_s: ${COOLDOWN_S} }`,
      }),
    );
  }, 60_000);

  afterAll(() => running.disposeAsync());

  it('goes round', async () => {
    await many('even', 6);
    expect(counts('even')).toEqual([2, 2, 2]);
  });

  it('follows the weights', async () => {
    await many('weighted', 12, true);
    expect(counts('weighted')).toEqual([6, 4, 2]);
  });

  it('stays where a conversation began', async () => {
    for (let each = 0; each < 5; each += 1) {
      await lumen.ask({ model: 'sticky', fields: { prompt_cache_key: 'conversation' } });
    }
    expect(counts('sticky').sort()).toEqual([0, 0, 5]);
  });

  it('knows a conversation by how it begins, where nothing else names it', async () => {
    const messages = [{ role: 'user', content: 'Why does ice float?' }];
    for (let each = 0; each < 5; each += 1) {
      await lumen.ask({ model: 'same', fields: { messages } });
      messages.push({ role: 'assistant', content: 'So.' }, { role: 'user', content: 'And?' });
    }
    expect(counts('same').sort()).toEqual([0, 0, 5]);
  });

  it('leaves out what fails, tries it once after a while, and takes it back', async () => {
    const isIll = (request: { path: string }) => request.path.startsWith(path('ill', 0));
    upstreams[0]!.script((request, response) =>
      (isIll(request) ? CRASHED : serves)(request, response),
    );
    await many('ill', 6);
    expect(count('ill', 0)).toBe(2);
    const ill = async () => (await lumen.endpoints()).get(urlOf('ill', 0))!;
    expect((await ill()).ejectedUntil).not.toBeNull();
    upstreams[0]!.script(serves);
    // The trial comes with the first request after the cool-down, whenever that is.
    await until(async () => {
      await lumen.ask({ model: 'ill' });
      return count('ill', 0) > 2;
    });
    expect(await ill()).toMatchObject({ ejectedUntil: null, consecutiveFailures: 0 });
  });

  it('says which model it is whose endpoints are all gone', async () => {
    for (const upstream of upstreams) {
      upstream.script((request, response) =>
        (request.path.startsWith('/dead') ? CRASHED : serves)(request, response),
      );
    }
    await many('dead', 6);
    const seen = await lumen.ask({ model: 'dead' });
    for (const upstream of upstreams) upstream.script(serves);
    expect(seen.status).toBe(503);
    expect(JSON.parse(seen.text)).toMatchObject({
      error: { code: 'model_unavailable', message: expect.stringContaining('"dead"') },
    });
    expect(Number(seen.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('waits in line for a busy model, says so, and refuses when the line is full', async () => {
    const gate = new Gate();
    for (const upstream of upstreams) upstream.next(stream(chunkText('a'), gate, DONE));
    const busy = await Promise.all(
      upstreams.map(() => lumen.open({ model: 'narrow', isStream: true })),
    );
    const refused: Seen[] = [];
    const asked = Array.from({ length: 5 }, async () => {
      const seen = await lumen.ask({ model: 'narrow' });
      if (seen.status !== 200) refused.push(seen);
      return seen;
    });
    await until(() => refused.length === 3);
    for (const { status: code, text } of refused) {
      expect([code, text.includes('"code":"overloaded"')]).toEqual([503, true]);
    }
    gate.open();
    for (const response of busy) expect(response.headers.get('x-lumen-queue-position')).toBeNull();
    await Promise.all(busy.map((response) => response.text()));
    const served = (await Promise.all(asked)).filter((seen) => seen.status === 200);
    const positions = served.map((seen) => Number(seen.headers.get('x-lumen-queue-position')));
    expect(positions.sort()).toEqual([1, 2]);
  });

  const urlOf = (model: string, index: number) =>
    upstreams[index]!.url.replace('/v1', path(model, index));
});
