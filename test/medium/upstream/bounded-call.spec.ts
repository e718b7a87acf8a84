import dns from 'node:dns';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import {
  AnswerTooLargeError,
  type BoundedCall,
  CallTimedOutError,
  postBounded,
} from '../../../server/src/infrastructure/upstream/bounded-call.js';
import { AddressRefusedError } from '../../../server/src/infrastructure/upstream/guarded-connector.js';
import { UpstreamPools } from '../../../server/src/infrastructure/upstream/upstream-pools.js';
import { freePort } from '../../support/free-port.js';
import { hang, reset, ScriptedUpstream, status } from '../../support/scripted-upstream.js';

function call(url: string, more: Partial<BoundedCall> = {}): BoundedCall {
  return {
    url: new URL(url),
    headers: { 'content-type': 'application/json' },
    body: '{}',
    timeoutMs: 2_000,
    mostBytes: 10_000,
    allowsPrivate: true,
    ...more,
  };
}

/** What the resolver of this machine says of every name, until the test ends. */
function resolveTo(...addresses: string[]): void {
  jest.spyOn(dns, 'lookup').mockImplementation(((
    _name: string,
    _options: object,
    callback: (error: null, found: { address: string; family: number }[]) => void,
  ) => {
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    callback(null, found);
  }) as never);
}

afterEach(() => void jest.restoreAllMocks());

describe('a bounded call', () => {
  it('answers what the backend says, and tells of its pieces', async () => {
    await using upstream = await ScriptedUpstream.start();
    const pieces: Buffer[] = [];
    const answer = await postBounded(
      call(`${upstream.url}/chat`, { onData: (chunk) => pieces.push(chunk) }),
    );
    expect(answer.status).toBe(200);
    expect(Buffer.concat(pieces)).toEqual(answer.body);
    expect(upstream.lastRequest).toMatchObject({ method: 'POST', path: '/v1/chat' });
  });

  it('ends in time where nothing comes, or comes without end', async () => {
    await using upstream = await ScriptedUpstream.start();
    upstream.next(hang);
    const waiting = upstream.nextRequest();
    await expect(postBounded(call(upstream.url, { timeoutMs: 200 }))).rejects.toThrow(
      CallTimedOutError,
    );
    await (
      await waiting
    ).aborted;
    upstream.next((_request, response) => {
      const timer = setInterval(() => response.write('x'), 5);
      response.once('close', () => clearInterval(timer));
    });
    await expect(postBounded(call(upstream.url, { timeoutMs: 200 }))).rejects.toThrow(
      CallTimedOutError,
    );
  });

  it('ends in time where a connection is taken and nothing said', async () => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const asked = postBounded(call(`https://127.0.0.1:${port}/v1`, { timeoutMs: 200 }));
    await expect(asked).rejects.toThrow(CallTimedOutError);
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  it('stops reading an answer that is too large, and cuts it off', async () => {
    await using upstream = await ScriptedUpstream.start();
    const waiting = upstream.nextRequest();
    upstream.next((_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('x'.repeat(5_000)), 1);
      response.once('close', () => clearInterval(timer));
    });
    await expect(postBounded(call(upstream.url))).rejects.toThrow(AnswerTooLargeError);
    await (
      await waiting
    ).aborted;
  });

  it('does not follow redirects', async () => {
    await using upstream = await ScriptedUpstream.start();
    upstream.next(status(307, '', { location: `${upstream.url}/elsewhere` }));
    expect((await postBounded(call(upstream.url))).status).toBe(307);
    expect(upstream.requests).toHaveLength(1);
  });

  it('fails with what the connection failed with', async () => {
    await using upstream = await ScriptedUpstream.start();
    upstream.next(reset);
    await expect(postBounded(call(upstream.url))).rejects.toThrow();
    const closed = `http://127.0.0.1:${await freePort()}/v1`;
    await expect(postBounded(call(closed))).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://0xa9.0xfe.0xa9.0xfe/',
    'http://2852039166/',
    'http://[fe80::1]/',
    'http://[fd00:ec2::254]/',
    'http://[::ffff:169.254.169.254]/',
    'https://169.254.169.254/',
  ])('never connects to %s', async (url) => {
    await expect(postBounded(call(url))).rejects.toThrow(AddressRefusedError);
  });

  it.each([
    [['169.254.169.254'], true, false],
    [['fd00:ec2::254'], true, false],
    [['127.0.0.1', '169.254.169.254'], true, false],
    [['127.0.0.1'], false, false],
    [['127.0.0.1'], true, true],
  ])(
    'judges a name by where it leads: %j, private allowed %s, connects: %s',
    async (addresses, allowsPrivate, connects) => {
      await using upstream = await ScriptedUpstream.start();
      resolveTo(...addresses);
      const { port } = new URL(upstream.url);
      const url = `http://backend.example:${port}/v1`;
      const asked = postBounded(call(url, { allowsPrivate }));
      if (connects) expect((await asked).status).toBe(200);
      else await expect(asked).rejects.toThrow(AddressRefusedError);
      expect(upstream.requests).toHaveLength(connects ? 1 : 0);
    },
  );
});

describe('the pools of upstreams', () => {
  const options = { connections: 2, keepAliveMs: 1_000, maxHeaderBytes: 32_768 };
  const request = { method: 'POST', path: '/v1/x', body: '{}' } as const;

  it('connect to private networks unless told not to, and never to link-local addresses', async () => {
    await using upstream = await ScriptedUpstream.start();
    const pools = new UpstreamPools(options);
    const { origin } = new URL(upstream.url);
    const answer = await pools.get(origin, 1_000).request(request);
    await answer.body.dump();
    expect(answer.statusCode).toBe(200);
    expect(pools.get(origin, 1_000)).toBe(pools.get(origin, 1_000));
    expect(pools.get(origin, 2_000)).not.toBe(pools.get(origin, 1_000));
    await expect(pools.get(origin, 1_000, true).request(request)).rejects.toThrow(
      AddressRefusedError,
    );
    const metadata = pools.get('http://169.254.169.254', 1_000);
    await expect(metadata.request(request)).rejects.toThrow(AddressRefusedError);
    resolveTo('169.254.169.254');
    const named = pools.get('http://metadata.example', 1_000);
    await expect(named.request(request)).rejects.toThrow(AddressRefusedError);
    expect(upstream.requests).toHaveLength(1);
    await pools.destroy();
  });

  it('give up connecting when the limit that was asked for is over', async () => {
    const pools = new UpstreamPools(options);
    const never = jest.spyOn(dns, 'lookup').mockImplementation(() => undefined);
    const startedMs = performance.now();
    const asked = pools.get('http://nowhere.example', 100).request(request);
    await expect(asked).rejects.toMatchObject({ code: 'UND_ERR_CONNECT_TIMEOUT' });
    expect(never).toHaveBeenCalled();
    // Less than it takes where nothing is asked for.
    expect(performance.now() - startedMs).toBeLessThan(8_000);
    await pools.destroy();
  });
});
