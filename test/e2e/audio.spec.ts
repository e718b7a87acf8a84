import { request as sendRaw } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import OpenAI, { APIError, toFile } from 'openai';
import { AudioLumen, formOf, UPLOAD_LIMIT } from '../support/audio/audio-lumen.js';
import { wav } from '../support/audio/wav.js';
import { NANO, type Payer } from '../support/lumen/metered.js';
import { type Behaviour, DONE, hang, reset, status, stream } from '../support/scripted-upstream.js';
import { until } from '../support/until.js';

const SLOW = 60_000;
const MIB = 2 ** 20;
/** Ten seconds: 0.1 coins at 36 coins an hour. */
const SPEECH = wav(10);
const TEN_SECONDS = NANO / 10n;
const SRT = '1\n00:00:00,000 --> 00:00:04,000\nHello\n\n';
const VTT = 'WEBVTT\n\n00:00:00.000 --> 00:00:04.000\nHello\n\n';
const FILE_HEAD = '--XX\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n\r\n';
const onLinux = process.platform === 'linux' ? it : it.skip;

const json = (body: unknown) => status(200, JSON.stringify(body));
const text = (body: string, type: string) => status(200, body, { 'content-type': type });
const sse = (data: unknown) => `data: ${JSON.stringify(data)}\n\n`;
const tokens = (input: unknown, output: unknown) => ({
  type: 'tokens',
  input_tokens: input,
  output_tokens: output,
});

describe('audio', () => {
  const running = new AsyncDisposableStack();
  let lumen: AudioLumen;
  let rich: Payer;

  beforeAll(async () => {
    lumen = running.use(await AudioLumen.start({ rich: 1_000_000, poor: 0.105, leaver: 1_000 }));
    rich = await lumen.payer('rich');
  }, SLOW);

  afterAll(() => running.disposeAsync());

  const sdk = ({ key }: Payer = rich) =>
    new OpenAI({ baseURL: `${lumen.server.url}/v1`, apiKey: key, maxRetries: 0 });
  const speech = (bytes = SPEECH) => toFile(bytes, 'speech ü.wav', { type: 'audio/wav' });
  /** A request as no SDK makes it. */
  const post = (body: RequestInit['body'], type?: string, path = 'transcriptions') =>
    fetch(`${lumen.server.url}/v1/audio/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${rich.key}`, ...(type && { 'content-type': type }) },
      body,
    });
  const formWith = (fields: [string, string | Blob][]) => {
    const form = new FormData();
    for (const [name, value] of fields) form.append(name, value);
    return form;
  };
  const blob = (bytes: Buffer) => new File([new Uint8Array(bytes)], 'a.wav', { type: 'audio/wav' });

  describe('reaches the backend', () => {
    it('byte by byte, with every field, under the name that the backend has for the model', async () => {
      lumen.upstream.next(json({ text: 'Hello' }));
      const answer = await sdk().audio.transcriptions.create({
        file: await speech(),
        model: 'by-hour',
        response_format: 'verbose_json',
        timestamp_granularities: ['word', 'segment'],
        prompt: 'Übung, "quoted"\r\nand on two lines',
        temperature: 0.2,
      });
      expect(answer.text).toBe('Hello');
      const { path, headers, bytes, method } = lumen.upstream.lastRequest;
      expect(`${method} ${path}`).toMatch(/^POST (\/second)?\/v1\/audio\/transcriptions$/);
      expect(headers['content-length']).toBe(String(bytes.length));
      expect(headers['transfer-encoding']).toBeUndefined();
      const form = await formOf(lumen.upstream.lastRequest);
      const file = form.get('file') as File;
      expect([file.name, file.type]).toEqual(['speech ü.wav', 'audio/wav']);
      expect(Buffer.from(await file.arrayBuffer()).equals(SPEECH)).toBe(true);
      const fields = [...form.entries()].filter(([name]) => name !== 'file');
      expect(Object.fromEntries(fields)).toMatchObject({
        model: 'upstream-name',
        response_format: 'verbose_json',
        prompt: 'Übung, "quoted"\r\nand on two lines',
        temperature: '0.2',
      });
      expect(form.getAll('timestamp_granularities[]')).toEqual(['word', 'segment']);
      expect(form.getAll('model')).toHaveLength(1);
    });

    it('as a translation', async () => {
      lumen.upstream.next(json({ text: 'Hello' }));
      const row = await lumen.rowOf(async () =>
        sdk().audio.translations.create({ file: await speech(), model: 'by-hour' }),
      );
      expect(lumen.upstream.lastRequest.path).toMatch(/\/v1\/audio\/translations$/);
      expect(row).toMatchObject({ operation: 'audio/translations', cost: TEN_SECONDS });
    });

    it('whichever order the fields are in, and where no model is named', async () => {
      lumen.upstream.next(json({ text: 'a' }), json({ text: 'b' }));
      const late = formWith([
        ['file', blob(SPEECH)],
        ['language', 'de'],
        ['model', 'by-hour'],
      ]);
      expect(await (await post(late)).json()).toEqual({ text: 'a' });
      const unnamed = await post(formWith([['file', blob(SPEECH)]]));
      expect(await unnamed.json()).toEqual({ text: 'b' });
      expect(unnamed.headers.get('x-lumen-model')).toBe('by-hour');
    });
  });

  it.each<[string, Behaviour]>([
    ['breaks off', reset],
    ['is overloaded', status(503, '{"error":{"message":"busy"}}')],
  ])('is sent once more as a whole where a backend %s', async (_case, failing) => {
    const before = lumen.upstream.requests.length;
    lumen.upstream.next(failing, json({ text: 'Hello' }));
    const row = await lumen.rowOf(async () =>
      sdk().audio.transcriptions.create({ file: await speech(), model: 'by-hour' }),
    );
    expect(row).toMatchObject({ outcome: 'completed', cost: TEN_SECONDS });
    const attempts = lumen.upstream.requests.slice(before);
    expect(new Set(attempts.map(({ path }) => path)).size).toBe(2);
    for (const attempt of attempts) {
      const file = (await formOf(attempt)).get('file') as File;
      expect(Buffer.from(await file.arrayBuffer()).equals(SPEECH)).toBe(true);
    }
  });

  it.each<[string, Behaviour, unknown]>([
    ['json', json({ text: 'Hello' }), { text: 'Hello' }],
    ['text', text('Hello\n', 'text/plain; charset=utf-8'), 'Hello\n'],
    ['srt', text(SRT, 'text/plain; charset=utf-8'), SRT],
    ['vtt', text(VTT, 'text/vtt'), VTT],
    [
      'verbose_json',
      json({ task: 'transcribe', duration: 10, text: 'Hello', segments: [] }),
      { task: 'transcribe', duration: 10, text: 'Hello', segments: [] },
    ],
    [
      'diarized_json',
      json({ text: 'Hello', segments: [{ speaker: 'A', text: 'Hello' }] }),
      { text: 'Hello', segments: [{ speaker: 'A', text: 'Hello' }] },
    ],
  ])('answers as %s', async (response_format, behaviour, expected) => {
    lumen.upstream.next(behaviour);
    const request = { file: await speech(), model: 'by-hour', response_format };
    const row = await lumen.rowOf(async () => {
      const answer: unknown = await sdk().audio.transcriptions.create(
        request as OpenAI.Audio.TranscriptionCreateParamsNonStreaming,
      );
      expect(answer).toEqual(expected);
    });
    expect(row).toMatchObject({
      operation: 'audio/transcriptions',
      model: 'by-hour',
      outcome: 'completed',
      accuracy: 'exact',
      audioMs: 10_000,
      cost: TEN_SECONDS,
      isStream: false,
    });
  });

  it('passes the type and the bytes of an answer untouched, and says what it cost', async () => {
    lumen.upstream.next(text(SRT, 'application/x-subrip; charset=utf-8'));
    const answer = await post(
      formWith([
        ['model', 'by-hour'],
        ['file', blob(SPEECH)],
      ]),
    );
    expect(answer.headers.get('content-type')).toBe('application/x-subrip; charset=utf-8');
    expect(answer.headers.get('x-lumen-cost')).toBe('0.1');
    expect(await answer.text()).toBe(SRT);
  });

  describe('as a stream', () => {
    const deltas = ['Hel', 'lo', ' there'].map((delta) =>
      sse({ type: 'transcript.text.delta', delta }),
    );
    const done = (usage?: unknown) =>
      sse({ type: 'transcript.text.done', text: 'Hello there', usage });

    it.each([
      ['by-tokens', done(tokens(14, 45)), 59n * NANO, 'exact', 10_000],
      ['by-tokens', done(), 103n * NANO, 'estimated', 10_000],
      ['by-hour', done({ type: 'duration', seconds: 11 }), (11n * NANO) / 100n, 'exact', 11_000],
      ['by-hour', DONE, TEN_SECONDS, 'exact', 10_000],
    ])('of %s is charged when it ends with %j', async (model, last, cost, accuracy, audioMs) => {
      lumen.upstream.next(stream(...deltas, last));
      const row = await lumen.rowOf(async () => {
        const events = await sdk().audio.transcriptions.create({
          file: await speech(),
          model,
          stream: true,
        });
        const types: string[] = [];
        for await (const event of events) types.push(event.type);
        const ending = last === DONE ? [] : ['transcript.text.done'];
        expect(types).toEqual([...Array<string>(3).fill('transcript.text.delta'), ...ending]);
      });
      expect(row).toMatchObject({ cost, accuracy, audioMs, isStream: true, outcome: 'completed' });
      expect((await formOf(lumen.upstream.lastRequest)).get('stream')).toBe('true');
    });

    it('that its caller leaves costs what was heard', async () => {
      lumen.upstream.next(stream(deltas[0]!, new Promise(() => undefined)));
      const row = await lumen.rowOf(async () => {
        const events = await sdk().audio.transcriptions.create({
          file: await speech(),
          model: 'by-hour',
          stream: true,
        });
        for await (const _ of events) break;
      });
      expect(row).toMatchObject({ outcome: 'cancelled', accuracy: 'partial', cost: TEN_SECONDS });
    });
  });

  describe('is charged', () => {
    const verbose = (duration: unknown) => json({ text: 'Hello', duration });
    const lasted = (seconds: unknown) => json({ text: 'Hi', usage: { type: 'duration', seconds } });
    const coins = (hundredths: number) => (BigInt(hundredths) * NANO) / 100n;

    it.each<[string, Behaviour, bigint, string]>([
      ['as the backend says', lasted(11), coins(11), 'exact'],
      ['by the length of a verbose answer', verbose(9.5), 95_000_000n, 'exact'],
      ['by its own length, where the backend says too much', lasted(13), coins(10), 'exact'],
      ['by its own length, where it says nonsense', lasted(1e300), coins(10), 'exact'],
      ['by its own length, where it says less than nothing', lasted(-1), coins(10), 'exact'],
      ['by its own length, where it says words', verbose('9.5'), coins(10), 'exact'],
      ['by its own length, where it says nothing', json({ text: 'Hi' }), coins(10), 'exact'],
    ])('%s', async (_case, behaviour, cost, accuracy) => {
      lumen.upstream.next(behaviour);
      const row = await lumen.rowOf(async () =>
        sdk().audio.transcriptions.create({ file: await speech(), model: 'by-hour' }),
      );
      expect(row).toMatchObject({ cost, accuracy, audioMs: Number(cost / 10_000n) });
      // Nothing above what is held is charged.
      expect(row.coinsHeld).toBe(coins(12));
    });

    it.each<[string, Behaviour, number, number, string]>([
      ['as reported', json({ text: 'Hi', usage: tokens(14, 45) }), 14, 45, 'exact'],
      [
        'as chats report',
        json({ text: 'Hi', usage: { prompt_tokens: 14, completion_tokens: 45 } }),
        14,
        45,
        'exact',
      ],
      ['counted, without a report', json({ text: 'a'.repeat(40) }), 100, 10, 'estimated'],
      ['counted in subtitles', text(SRT, 'text/plain'), 100, 1, 'estimated'],
      [
        'counted, where the report is absurd',
        json({ text: 'a'.repeat(40), usage: tokens(1e9, -2) }),
        100,
        10,
        'estimated',
      ],
    ])('by tokens %s', async (_case, behaviour, promptTokens, completionTokens, accuracy) => {
      lumen.upstream.next(behaviour);
      const row = await lumen.rowOf(async () =>
        sdk().audio.transcriptions.create({ file: await speech(), model: 'by-tokens' }),
      );
      const cost = BigInt(promptTokens + completionTokens) * NANO;
      expect(row).toMatchObject({ promptTokens, completionTokens, cost, accuracy });
      expect(row.coinsHeld).toBeGreaterThan(cost);
    });

    it('by its size where nobody can read it, unless the backend can', async () => {
      const noise = Buffer.alloc(40_000, 'noise ');
      const ask = async (behaviour: Behaviour) => {
        lumen.upstream.next(behaviour);
        return lumen.rowOf(async () =>
          sdk().audio.transcriptions.create({ file: await speech(noise), model: 'by-hour' }),
        );
      };
      expect(await ask(json({ text: 'Hi' }))).toMatchObject({
        audioMs: 5_000,
        accuracy: 'estimated',
        coinsHeld: coins(54),
      });
      expect(await ask(text(SRT, 'text/plain'))).toMatchObject({
        audioMs: 4_000,
        accuracy: 'estimated',
      });
      expect(await ask(lasted(54))).toMatchObject({ audioMs: 54_000, accuracy: 'exact' });
      expect(await ask(lasted(55))).toMatchObject({ audioMs: 5_000, accuracy: 'estimated' });
    });

    it('nothing where the backend fails, and nothing is sent that cannot be paid', async () => {
      lumen.upstream.next(status(400, JSON.stringify({ error: { message: 'not audio' } })));
      const { balance } = await rich.pool();
      const failing = sdk().audio.transcriptions.create({ file: await speech(), model: 'by-hour' });
      await expect(failing).rejects.toMatchObject({ status: 400 });
      expect((await rich.pool()).balance).toBe(balance);
      const poor = await lumen.payer('poor');
      const before = lumen.upstream.requests.length;
      const asking = sdk(poor).audio.transcriptions.create({
        file: await speech(),
        model: 'by-hour',
      });
      await expect(asking).rejects.toMatchObject({ status: 429, code: 'budget_exceeded' });
      expect(lumen.upstream.requests).toHaveLength(before);
    });
  });

  describe('that is wrong', () => {
    const wav10 = blob(SPEECH);
    const whole = async () => {
      const answer = new Response(
        formWith([
          ['model', 'by-hour'],
          ['file', wav10],
        ]),
      );
      const type = answer.headers.get('content-type')!;
      return { type, bytes: Buffer.from(await answer.arrayBuffer()) };
    };

    it.each<[string, () => Promise<Response>, number, string]>([
      [
        'no form',
        () => post('{"model":"by-hour"}', 'application/json'),
        415,
        'unsupported_media_type',
      ],
      ['no body', () => post(undefined), 415, 'unsupported_media_type'],
      [
        'no boundary',
        async () => post((await whole()).bytes, 'multipart/form-data'),
        400,
        'invalid_request',
      ],
      [
        'another boundary',
        async () => post((await whole()).bytes, 'multipart/form-data; boundary=other'),
        400,
        'invalid_request',
      ],
      [
        'a form that ends early',
        async () => {
          const { bytes, type } = await whole();
          return post(bytes.subarray(0, 9_000), type);
        },
        400,
        'invalid_request',
      ],
      ['no file', () => post(formWith([['model', 'by-hour']])), 400, 'missing_field'],
      [
        'two files',
        () =>
          post(
            formWith([
              ['file', wav10],
              ['file', wav10],
            ]),
          ),
        400,
        'invalid_request',
      ],
      [
        'an empty file',
        () => post(formWith([['file', blob(Buffer.alloc(0))]])),
        400,
        'invalid_request',
      ],
      [
        'two models',
        () =>
          post(
            formWith([
              ['model', 'by-hour'],
              ['model', 'by-tokens'],
              ['file', wav10],
            ]),
          ),
        400,
        'invalid_request',
      ],
      [
        'an odd stream',
        () =>
          post(
            formWith([
              ['stream', 'perhaps'],
              ['file', wav10],
            ]),
          ),
        400,
        'invalid_request',
      ],
      [
        'a thousand fields',
        () =>
          post(
            formWith([
              ...Array.from({ length: 1_000 }, (_, i): [string, string] => [`f${i}`, 'v']),
              ['file', wav10],
            ]),
          ),
        400,
        'invalid_request',
      ],
      [
        'no such model',
        () =>
          post(
            formWith([
              ['model', 'nobody'],
              ['file', wav10],
            ]),
          ),
        404,
        'model_not_found',
      ],
    ])('is refused: %s', async (_case, send, expected, code) => {
      const before = lumen.upstream.requests.length;
      const answer = await send();
      const body = (await answer.json()) as { error: { code: string; message: string } };
      expect({ status: answer.status, code: body.error.code }).toEqual({ status: expected, code });
      expect(lumen.upstream.requests).toHaveLength(before);
      await until(async () => (await lumen.keptFiles()).length === 0);
    });

    it('is refused where no forms are taken, and without a key', async () => {
      const url = `${lumen.server.url}/v1/chat/completions`;
      const headers = { authorization: `Bearer ${rich.key}` };
      const body = formWith([['file', wav10]]);
      const elsewhere = await fetch(url, { method: 'POST', headers, body });
      expect(elsewhere.status).toBe(415);
      const stranger = await fetch(`${lumen.server.url}/v1/audio/transcriptions`, {
        method: 'POST',
        body: formWith([['file', blob(Buffer.alloc(3 * MIB))]]),
      });
      expect(stranger.status).toBe(401);
    });

    it.each([
      ['by what it says beforehand', UPLOAD_LIMIT + 6 * MIB],
      ['on the way', UPLOAD_LIMIT + 1],
    ])('is told when it is too large: %s', async (_case, bytes) => {
      const answer = await post(formWith([['file', blob(Buffer.alloc(bytes))]]));
      const body = (await answer.json()) as { error: { code: string; message: string } };
      expect(answer.status).toBe(413);
      expect(body.error).toMatchObject({ code: 'body_too_large' });
      expect(body.error.message).toMatch('25 MiB');
    });

    it('is told when it is too large and never ends, and is cut off in the end', async () => {
      const { hostname, port } = new URL(lumen.server.url);
      const socket = connect(Number(port), hostname);
      let received = '';
      let isCut = false;
      socket.on('data', (bytes) => (received += bytes.toString()));
      socket.on('error', () => undefined).once('close', () => (isCut = true));
      const chunk = (content: Buffer | string) =>
        Buffer.concat([
          Buffer.from(`${content.length.toString(16)}\r\n`),
          Buffer.from(content),
          Buffer.from('\r\n'),
        ]);
      socket.write(
        [
          'POST /v1/audio/transcriptions HTTP/1.1',
          'host: lumen',
          `authorization: Bearer ${rich.key}`,
          'content-type: multipart/form-data; boundary=XX',
          'transfer-encoding: chunked\r\n\r\n',
        ].join('\r\n'),
      );
      socket.write(chunk(FILE_HEAD));
      const noise = chunk(Buffer.alloc(MIB));
      let sent = 0;
      while (!isCut) {
        if (!socket.write(noise)) await until(() => isCut || socket.writableLength === 0);
        sent += 1;
      }
      expect(received).toMatch(/^HTTP\/1.1 413 .*"code":"body_too_large"/s);
      // The limit, what its sender may send until it has noticed, and what is in buffers.
      expect(sent).toBeLessThan(100);
      await until(async () => (await lumen.keptFiles()).length === 0);
    });
  });

  describe('leaves nothing behind', () => {
    const upload = (payer: Payer) => {
      const request = sendRaw(`${lumen.server.url}/v1/audio/transcriptions`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${payer.key}`,
          'content-type': 'multipart/form-data; boundary=XX',
          'content-length': 1_000_000,
        },
      });
      request.on('error', () => undefined);
      request.write(FILE_HEAD);
      request.write(SPEECH);
      return request;
    };

    onLinux('when its caller leaves on the way', async () => {
      const leaver = await lumen.payer('leaver');
      const before = lumen.upstream.requests.length;
      const request = upload(leaver);
      await until(async () => (await lumen.keptFiles()).length === 1);
      request.destroy();
      await until(async () => (await lumen.keptFiles()).length === 0);
      expect(lumen.upstream.requests).toHaveLength(before);
      expect(await leaver.poolNow()).toBeUndefined();
    });

    onLinux('of many files at a time, of which one caller has no more than 32', async () => {
      const leaver = await lumen.payer('leaver');
      const uploads = Array.from({ length: 32 }, () => upload(leaver));
      await until(async () => (await lumen.keptFiles()).length === 32);
      const ask = async (payer: Payer) =>
        sdk(payer).audio.transcriptions.create({ file: await speech(), model: 'by-hour' });
      await expect(ask(leaver)).rejects.toMatchObject({ status: 503, code: 'overloaded' });
      lumen.upstream.next(json({ text: 'Hello' }), json({ text: 'Hello' }));
      expect((await ask(rich)).text).toBe('Hello');
      for (const request of uploads) request.destroy();
      await until(async () => (await lumen.keptFiles()).length === 0);
      expect((await ask(leaver)).text).toBe('Hello');
    });

    onLinux('when its caller leaves while the backend listens', async () => {
      const leaver = await lumen.payer('leaver');
      const seen = lumen.upstream.nextRequest();
      lumen.upstream.next(hang);
      const leaving = new AbortController();
      const row = await lumen.rowOf(async () => {
        const asking = sdk(leaver).audio.transcriptions.create(
          { file: await speech(), model: 'by-hour' },
          { signal: leaving.signal },
        );
        const refused = asking.catch((error: unknown) => error);
        const { aborted } = await seen;
        leaving.abort();
        expect(await refused).toBeInstanceOf(APIError);
        await aborted;
      });
      expect(row).toMatchObject({ outcome: 'cancelled', cost: null });
      await until(async () => (await lumen.keptFiles()).length === 0);
    });
  });

  onLinux(
    'is never wholly in memory',
    async () => {
      const large = wav(750);
      const ask = async (bytes: Buffer) =>
        sdk().audio.transcriptions.create({ file: await speech(bytes), model: 'by-hour' });
      lumen.upstream.next(json({ text: 'a' }));
      await ask(SPEECH);
      const before = await lumen.mostMemory();
      const before2 = lumen.upstream.requests.length;
      lumen.upstream.next(...Array.from({ length: 4 }, () => json({ text: 'b' })));
      await Promise.all(Array.from({ length: 4 }, () => ask(large)));
      expect((await lumen.mostMemory()) - before).toBeLessThan(48 * MIB);
      for (const seen of lumen.upstream.requests.slice(before2)) {
        const file = (await formOf(seen)).get('file') as File;
        expect(Buffer.from(await file.arrayBuffer()).equals(large)).toBe(true);
      }
      await until(async () => (await lumen.keptFiles()).length === 0);
    },
    SLOW,
  );
});
