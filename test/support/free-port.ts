import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Below the ports that systems give to connections on their way out and to whoever asks for any (from
 * 32768 on Linux): one of those may be taken by the time it is needed.
 */
const FIRST = 20_000;
const COUNT = 10_000;

/** Those that were answered in this process. */
const known = new Set<number>();

/** A port of 127.0.0.1 that nobody listens on, for an address that must be known before the start. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + randomInt(COUNT);
    if (known.has(port) || !(await isFree(port))) continue;
    known.add(port);
    return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
