import { type AddressInfo, connect, Server, type Socket } from 'node:net';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { callersAt } from './port-callers.js';

/** A crowd is taken one in a turn, and turns are long where there is one. */
const LONGEST_LOCK_MS = 6000;
/** How many may wait at a port: Node's own number. */
const USUAL_ROOM = 511;
/** Who was not heard sends again after 200 ms, and then after 400. */
const NEXT_TRY_MS = 700;

/** What the system does for sockets, which Node has no names for. */
interface Handle {
  listen?: (backlog: number) => number;
  getpeername?: (into: object) => number;
}

const handleOf = (one: Server | Socket) => (one as unknown as { _handle: Handle | null })._handle;

/**
 * Closes the port of a server in a moment in which nobody stands at it. The system accepts connections
 * for us, which are reset with the port, and with them requests that a balancer does not send again:
 * it cannot know that they were not read.
 */
export async function closePort(server: Server): Promise<void> {
  if (!server.listening) return;
  await lock(server);
  // Not the HTTP server's own, which closes at once those in whose way a request may be.
  Server.prototype.close.call(server);
}

/**
 * We stand at the end of the queue ourselves, and then there is room for one: as long as somebody
 * stands there the system hears nobody else, who ask again after a second, when the port is gone.
 * Those before us are taken. Resolves in the very turn in which we are the last, so that nobody comes
 * in until the port is closed.
 */
async function lock(server: Server): Promise<void> {
  const deadlineMs = performance.now() + LONGEST_LOCK_MS;
  const at = server.address() as AddressInfo;
  for (;;) {
    const own = connect({ port: at.port, host: hostOf(at) }).on('error', () => undefined);
    // When the system was asked, and before the event loop goes on.
    await new Promise<void>((asked) => process.nextTick(asked));
    const behind = isThere(own) ? await behindUs(own, server, deadlineMs) : 'no room for us';
    own.destroy();
    if (behind === 'nobody' || performance.now() > deadlineMs) return;
    handleOf(server)?.listen?.(USUAL_ROOM);
    await (behind === 'some, half way in' ? delay(NEXT_TRY_MS) : wholeTurn());
  }
}

/** Lets nobody in any more, and tells who there still is when all before us have been taken. */
async function behindUs(own: Socket, server: Server, deadlineMs: number) {
  // Not before we stood there: while there is room for one and nobody in it, the system remembers nothing
  // of most who come at the same time (SYN cookies). They would be connected as far as they know.
  handleOf(server)?.listen?.(0);
  const at = server.address() as AddressInfo;
  let isTaken = false;
  const note = ({ remotePort }: Socket) => (isTaken ||= remotePort === own.localPort);
  // Before somebody else takes it over: then nothing tells any more who it was.
  server.prependListener('connection', note);
  try {
    for (;;) {
      const callers = callersAt(at.port, at.address);
      // Where the system does not say we have to believe it.
      if (isTaken || performance.now() > deadlineMs) return callers ? 'some' : 'nobody';
      const isLast = callers?.queued === 1 && callers.waiting[0] === own.localPort;
      if (isLast) return callers.coming === 0 ? 'nobody' : 'some, half way in';
      await nextTurn();
    }
  } finally {
    server.off('connection', note);
  }
}

/** To look around takes longer than to see that there was no room for us. */
const isThere = (own: Socket) => handleOf(own)?.getpeername?.({}) === 0;

/** Where somebody on this host comes to a server. */
export function hostOf({ address }: AddressInfo): string {
  if (address === '0.0.0.0') return '127.0.0.1';
  return address === '::' ? '::1' : address;
}

/** With a look at all sockets: in what is left of this turn of the event loop there may be none. */
export async function wholeTurn(): Promise<void> {
  await nextTurn();
  await nextTurn();
}
