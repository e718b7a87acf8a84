import { TestBed } from '@angular/core/testing';

import { FakeServer, StreamedAnswer, json, refusal } from '../../../testing/fake-server';
import { aSummary } from '../../../testing/fixtures';
import { waitBefore } from './chat-event-stream';
import { ChatEvents } from './chat-events';

describe('ChatEvents', () => {
  let server: FakeServer;
  let streams: StreamedAnswer[];
  let told: unknown[];

  const event = (kind: string, data: unknown) =>
    `event: ${kind}\ndata: ${JSON.stringify(data)}\n\n`;

  function listen(): ChatEvents {
    return TestBed.runInInjectionContext(() => {
      const events = TestBed.inject(ChatEvents);
      events.on('conversation', (conversation) => told.push(conversation.title));
      events.on('conversation-removed', ({ id }) => told.push(`removed ${id}`));
      events.on('budget', () => told.push('budget'));
      events.on('resumed', () => told.push('resumed'));
      return events;
    });
  }

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    streams = [];
    told = [];
    server = new FakeServer().on('GET /chat/events', ({ signal }) => {
      const stream = new StreamedAnswer(signal);
      streams.push(stream);
      return stream.response;
    });
  });

  afterEach(() => vi.useRealTimers());

  const connected = (count: number) => vi.waitFor(() => expect(streams).toHaveLength(count));
  const heard = (...what: unknown[]) => vi.waitFor(() => expect(told).toEqual(what));

  it('tells what the server sends, whatever else it sends', async () => {
    listen().start();
    await connected(1);
    streams[0]?.raw(': heartbeat\n\n').raw(event('conversation', aSummary({ title: 'New' })));
    streams[0]?.raw(event('news', { id: 'x' })).raw(event('conversation', 'broken'));
    streams[0]?.raw(event('conversation-removed', { id: 'c-9' })).raw(event('budget', {}));
    await heard('New', 'removed c-9', 'budget');
  });

  it('listens once, however often it is started', async () => {
    const events = listen();
    events.start();
    events.start();
    await connected(1);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(streams).toHaveLength(1);
  });

  it('connects anew when the connection breaks, and says so', async () => {
    listen().start();
    await connected(1);
    streams[0]?.fail();
    await vi.advanceTimersByTimeAsync(2_000);
    await connected(2);
    streams[1]?.raw(event('budget', {}));
    await heard('resumed', 'budget');
  });

  it('takes a connection without a sign of life for dead', async () => {
    listen().start();
    await connected(1);
    await vi.advanceTimersByTimeAsync(80_000);
    await connected(2);
  });

  it('waits as long as the server asks', async () => {
    let refusals = 0;
    server.on('GET /chat/events', () => {
      refusals++;
      return refusal(429, 'rate_limit_exceeded', { 'retry-after': '30' });
    });
    listen().start();
    await vi.advanceTimersByTimeAsync(29_000);
    expect(refusals).toBe(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(refusals).toBe(2);
  });

  it('ends when the person is signed out', async () => {
    server.on('GET /chat/events', () => json({ error: { code: 'not_authenticated' } }, 401));
    listen().start();
    await vi.advanceTimersByTimeAsync(200_000);
    expect(server.seen).toHaveLength(1);
  });
});

describe('waitBefore', () => {
  it('doubles up to a minute', () => {
    const waits = [0, 1, 2, 5, 6, 100].map((failures) => waitBefore(failures, 0.5));
    expect(waits).toEqual([1_000, 2_000, 4_000, 32_000, 60_000, 60_000]);
    expect(waitBefore(0, 0)).toBe(750);
    expect(waitBefore(0, 1)).toBe(1_250);
  });
});
