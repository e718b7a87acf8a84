import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { OpenConnections } from './open-connections.js';

const REQUEST = 'GET / HTTP/1.1\r\nhost: x\r\n\r\n';
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
    const answer = caller.reduce((text, part) => text + part, '');
    expect(await answer).toMatch(/^HTTP\/1.1 200 [^]*served$/);
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
