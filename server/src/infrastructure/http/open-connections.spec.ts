import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { OpenConnections } from './open-connections.js';

const REQUEST = 'GET / HTTP/1.1\r\nhost: x\r\n\r\n';
const textOf = (caller: Socket) => caller.reduce((text, part) => text + part, '');
const CROWD = 100;
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

  it('does not wait for who connected and asks nothing', async () => {
    const caller = call();
    await Promise.all([once(caller, 'connect'), once(server, 'connection')]);
    const closed = once(server, 'close');
    (await connections.end(TIMES))();
    await closed;
    await once(caller.resume(), 'close');
  });
});
