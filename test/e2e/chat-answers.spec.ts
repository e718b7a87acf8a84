import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ChatPage } from '../support/chat/chat-page.js';
import { DIALECTS, type Dialect, LumenServer } from '../support/lumen/lumen-server.js';
import { modelWith } from '../support/lumen/models.js';
import {
  chunkText,
  DONE,
  ScriptedUpstream,
  stream,
  USAGE_CHUNK,
} from '../support/scripted-upstream.js';
import { until } from '../support/until.js';

const QUESTION = { content: 'Count', models: ['m'] };
const SOON = 'budgets:\n  lease_s: 5\n  reaper_interval_s: 1';
const NEVER = new Promise<never>(() => undefined);

describe.each(DIALECTS)('an answer, on %s,', (dialect: Dialect) => {
  let running: AsyncDisposableStack;
  let upstream: ScriptedUpstream;
  let server: LumenServer;
  let page: ChatPage;

  beforeEach(async () => {
    running = new AsyncDisposableStack();
    upstream = running.use(await ScriptedUpstream.start());
    const models = modelWith('m', { url: upstream.url });
    server = running.use(await LumenServer.prepare({ dialect, models, extra: SOON }));
    const text = await server.configuration();
    await server.configure(text.replace(/shutdown_grace_s: \d+/, 'shutdown_grace_s: 1'));
    await server.launch();
    page = await ChatPage.open(server.url);
  }, 60_000);

  afterEach(async () => {
    // Answers that never end would keep the servers waiting.
    await upstream[Symbol.asyncDispose]().catch(() => undefined);
    await running.disposeAsync().catch(() => undefined);
  });

  /** Another process on the same database. */
  const another = async (): Promise<LumenServer> => {
    const models = modelWith('m', { url: upstream.url });
    const { databaseUrl } = server;
    return running.use(await LumenServer.start({ dialect, models, extra: SOON, databaseUrl }));
  };

  it('goes on while nobody follows it, and while its session ends', async () => {
    const gate = Promise.withResolvers<void>();
    upstream.next(stream(chunkText('one '), gate.promise, chunkText('two'), USAGE_CHUNK, DONE));
    const { answers } = await page.begin(QUESTION);
    const { id } = answers[0]!;
    const reader = await page.follow(id);
    await reader.next();
    expect((await page.fetch('/logout', 'POST')).status).toBeLessThan(400);
    expect(await reader.rest()).toEqual([]);
    expect((await page.fetch(`/chat/answers/${id}/events`)).status).toBe(401);
    gate.resolve();
    const again = await ChatPage.open(server.url);
    expect(await again.whole(id, '4.0')).toMatchObject({
      content: 'two',
      end: { content: 'one two', state: 'complete' },
    });
  });

  it('is followed and stopped at another process than the one that writes it', async () => {
    const other = page.at((await another()).url);
    const gate = Promise.withResolvers<void>();
    upstream.next(stream(chunkText('one '), gate.promise, chunkText('two ✓ '), NEVER));
    const { answers, conversation } = await page.begin(QUESTION);
    const { id } = answers[0]!;
    const reader = await other.follow(id);
    expect(await reader.next()).toMatchObject({ data: { content: 'one ' }, id: '4.0' });
    gate.resolve();
    expect(await reader.next()).toMatchObject({ data: { content: 'two ✓ ' }, id: '10.0' });
    expect(await other.stop(id)).toMatchObject({ state: 'stopped', content: 'one two ✓ ' });
    await upstream.lastRequest.aborted;
    expect(await reader.next()).toMatchObject({ event: 'end', data: { state: 'stopped' } });
    expect((await other.open(conversation.id)).conversation.isAnswering).toBe(false);
  });

  it('goes on after a restart between its chunks, where it was', async () => {
    upstream.next(stream(chunkText('one '), NEVER));
    const { answers } = await page.begin(QUESTION);
    const { id } = answers[0]!;
    const reader = await page.follow(id);
    await reader.next();
    server.signal('SIGTERM');
    const [, code] = await Promise.all([reader.rest(), server.ended]);
    expect(code).toBe(0);
    expect(reader.events.map(({ event }) => event)).toEqual(['piece']);
    upstream.next(stream(chunkText('two'), USAGE_CHUNK, DONE));
    await server.launch();
    const rest = await page.at(server.url).whole(id, reader.events.at(-1)!.id);
    expect(rest.content).toBe('two');
    expect(rest.end).toMatchObject({ content: 'one two', state: 'complete', error: null });
    const { messages } = JSON.parse(upstream.lastRequest.bytes.toString()) as {
      messages: { role: string }[];
    };
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
  });

  it('goes on after its process was killed, with what had been noted', async () => {
    upstream.next(stream(chunkText('one '), NEVER));
    const { answers, conversation } = await page.begin(QUESTION);
    const { id } = answers[0]!;
    const noted = async () => {
      const { messages } = await page.open(conversation.id);
      return messages.at(-1)!.content === 'one ';
    };
    await until(noted);
    await server.crash();
    upstream.next(stream(chunkText('two'), USAGE_CHUNK, DONE));
    await server.launch();
    // Until it is sure that the process is dead, the answer is one that is being written.
    const after = page.at(server.url);
    const waiting = await after.whole(id, '4.0');
    expect(waiting).toMatchObject({ content: '', end: null });
    const rest = await after.whole(id, '4.0');
    expect(rest).toMatchObject({ content: 'two', end: { content: 'one two', state: 'complete' } });
  });

  it('goes on by itself but once', async () => {
    upstream.usual = stream(chunkText('x'), NEVER);
    const { answers } = await page.begin(QUESTION);
    const { id } = answers[0]!;
    for (const asked of [1, 2]) {
      const reader = await page.at(server.url).follow(id);
      await reader.next();
      // What was kept before is there at once; that it goes on is seen at the backend.
      await until(() => upstream.requests.length === asked);
      server.signal('SIGTERM');
      await server.ended;
      await server.launch();
    }
    const { end } = await page.at(server.url).whole(id);
    expect(end).toMatchObject({ state: 'interrupted', error: { code: 'replica_lost' } });
    expect(upstream.requests).toHaveLength(2);
  });

  it('says that it broke off where it may not go on after a restart', async () => {
    upstream.next(stream(chunkText('one '), NEVER));
    const { answers } = await page.begin(QUESTION);
    const { id } = answers[0]!;
    const reader = await page.follow(id);
    await reader.next();
    server.signal('SIGTERM');
    await Promise.all([reader.rest(), server.ended]);
    const text = await server.configuration();
    await server.configure(text.replace('"name":"m"', '"name":"other"'));
    await server.launch();
    const { content, end } = await page.at(server.url).whole(id, reader.events.at(-1)!.id);
    expect(content).toBe('');
    expect(end).toMatchObject({ content: 'one ', state: 'interrupted' });
    expect(end).toMatchObject({ error: { code: 'replica_lost' } });
    // It may again: then it goes on.
    server.signal('SIGTERM');
    await server.ended;
    await server.configure(text);
    upstream.next(stream(chunkText('two'), USAGE_CHUNK, DONE));
    await server.launch();
    const rest = await page.at(server.url).whole(id, reader.events.at(-1)!.id);
    expect(rest.end).toMatchObject({ content: 'one two', state: 'complete' });
  });
});
