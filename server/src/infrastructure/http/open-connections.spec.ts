import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { OpenConnections } from './open-connections.js';

const REQUEST = 'GET / HTTP/1.1\r\nhost: x\r\n\r\n';
const textOf = (caller: Socket) => caller.reduce((text, part) => text + part, '');
const CROWD = 100;
/** So long each request keeps the thread, and with it the server, from everything else. */
const BUSY_MS = 10;
const BUSY = new Int32Array(new SharedArrayBuffer(4));
/** Connects so often at once, asks on each connection, and says what each was answered. */
const CALLERS = `
  const { workerData, parentPort } = require('node:worker_threads');
  const { port, count, request, connected } = workerData;
  const one = () => new Promise((done) => {
    let text = '';
    const caller = require('node:net').connect(port, '127.0.0.1', () => {
      caller.write(request);
      Atomics.add(connected, 0, 1);
      Atomics.notify(connected, 0);
    });
    caller.on('data', (part) => (text += part)).on('error', (error) => (text = error.code));
    caller.on('close', () => done(text));
  });
  Promise.all(Array.from({ length: count }, one)).then((all) => parentPort.postMessage(all));
`;
/** Callers who come again and again until they are refused, and how many of them came in vain. */
const STREAM = `
  const { workerData, parentPort } = require('node:worker_threads');
  const { port, count, request } = workerData;
  const one = () => new Promise((done) => {
    let [text, isThere] = ['', false];
    const caller = require('node:net').connect(port, '127.0.0.1', () => {
      isThere = true;
      caller.write(request);
    });
    caller.on('data', (part) => (text += part)).on('error', () => undefined);
    caller.on('close', () => done(text.endsWith('served') ? 'served' : isThere ? 'lost' : 'refused'));
  });
  const ends = { served: 0, lost: 0, refused: 0 };
  const many = async () => {
    for (let end = 'served'; end === 'served';) ends[(end = await one())] += 1;
  };
  Promise.all(Array.from({ length: count }, many)).then(() => parentPort.postMessage(ends));
`;
const KEPT_MS = 300;
/** More than the system keeps for a caller, and long to read a piece at a time. */
const LONG_ANSWER = 32 * 1024 * 1024;
const TIMES = { drainMs: 0, graceMs: 20_000 };

describe('the end of a server', () => {
  let server: Server;
  let connections: OpenConnections;
  const callers: Socket[] = [];

  beforeEach(async () => {
    server = createServer((_request, answer) => answer.end('served'));
    connections = new OpenConnections(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  afterEach(() => {
    for (const caller of callers.splice(0)) caller.destroy();
    server.closeAllConnections();
  });

  const call = () => {
    const caller = connect((server.address() as AddressInfo).port, '127.0.0.1');
    callers.push(caller.setEncoding('utf8'));
    return caller;
  };

  it('answers who had just connected when it began, and whose request was on its way', async () => {
    const caller = call();
    await Promise.all([once(caller, 'connect'), once(server, 'connection')]);
    const clock = jest.spyOn(performance, 'now').mockReturnValue(performance.now());
    const ended = connections.end(TIMES);
    while (server.listening) await nextTurn();
    await nextTurn();
    caller.write(REQUEST);
    clock.mockRestore();
    expect(await textOf(caller)).toMatch(/^HTTP\/1.1 200 [^]*served$/);
    (await ended)();
  });

  it('takes all who wait at the door before it closes it', async () => {
    const connected = new Int32Array(new SharedArrayBuffer(4));
    const { port } = server.address() as AddressInfo;
    const workerData = { port, count: CROWD, request: REQUEST, connected };
    const crowd = new Worker(CALLERS, { eval: true, workerData });
    // This thread, and with it the server, stands still until all of them are there.
    for (let there = 0; there < CROWD; there = Atomics.load(connected, 0)) {
      expect(Atomics.wait(connected, 0, there, 10_000)).not.toBe('timed-out');
    }
    const ended = connections.end(TIMES);
    const [answers] = (await once(crowd, 'message')) as [string[]];
    expect(answers.filter((text) => text.endsWith('served'))).toHaveLength(CROWD);
    (await ended)();
  });

  it('loses nobody who comes while it is too busy to take all of them', async () => {
    server.prependListener('request', () => Atomics.wait(BUSY, 0, 0, BUSY_MS));
    const { port } = server.address() as AddressInfo;
    const workerData = {
      port,
      count: CROWD,
      request: REQUEST.replace('x', 'x\r\nconnection: close'),
    };
    const crowd = new Worker(STREAM, { eval: true, workerData });
    await once(server, 'request');
    const ended = connections.end(TIMES);
    const [ends] = (await once(crowd, 'message')) as [{ served: number; lost: number }];
    expect(ends).toMatchObject({ lost: 0, refused: CROWD });
    expect(ends.served).toBeGreaterThan(0);
    (await ended)();
  });

  it('leaves a connection that it promised to keep for as long as a balancer does', async () => {
    const answer = Promise.withResolvers<ServerResponse>();
    server.removeAllListeners('request');
    connections = new OpenConnections(server);
    server.on('request', (_request, begun: ServerResponse) => answer.resolve(begun));
    const caller = call();
    caller.write(REQUEST);
    const begun = await answer.promise;
    begun.flushHeaders();
    const answersEnd = () => once(begun, 'close');
    const ended = connections.end({ ...TIMES, drainMs: KEPT_MS, answersEnd });
    while (server.listening) await delay(1);
    const keptAtMs = performance.now();
    begun.end('served');
    expect(await textOf(caller)).toMatch(/connection: keep-alive[^]*served/i);
    expect(performance.now() - keptAtMs).toBeGreaterThan(KEPT_MS);
    (await ended)();
  });

  it('sends an answer to its end to who reads it slowly', async () => {
    server.removeAllListeners('request');
    connections = new OpenConnections(server);
    server.on('request', (_request, begun: ServerResponse) => begun.end(Buffer.alloc(LONG_ANSWER)));
    const caller = connect((server.address() as AddressInfo).port, '127.0.0.1');
    callers.push(caller);
    caller.write(REQUEST);
    await once(server, 'request');
    const ended = connections.end(TIMES);
    let bytes = 0;
    for await (const part of caller) {
      bytes += (part as Buffer).length;
      await delay(1);
    }
    expect(bytes).toBeGreaterThan(LONG_ANSWER);
    (await ended)();
  });

  it('does not wait for who connected and asks nothing', async () => {
    const caller = call();
    await Promise.all([once(caller, 'connect'), once(server, 'connection')]);
    const closed = once(server, 'close');
    (await connections.end(TIMES))();
    await closed;
    await once(caller.resume(), 'close');
  });
});
