import cluster from 'node:cluster';
import { type AddressInfo, connect, Server, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { callersAt } from './port-callers.js';

/** A crowd that does not end is not waited for longer; who comes then has to try again. */
const LONGEST_CROWD_MS = 1000;
/** The rest of a crowd is taken one in a turn, and turns are long where there is one. */
const LONGEST_LOCK_MS = 5000;

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
  await takeAll(server);
  // A worker has no port of its own: the first process hands it connections, and takes back those that
  // it sent too late.
  if (!cluster.isWorker) await lock(server);
  // Not the HTTP server's own, which closes at once those in whose way a request may be.
  Server.prototype.close.call(server);
}

/** We are handed one connection in a turn of the event loop: a turn that brought none was the last. */
async function takeAll(server: Server): Promise<void> {
  const deadlineMs = performance.now() + LONGEST_CROWD_MS;
  let taken = 0;
  const count = () => (taken += 1);
  server.on('connection', count);
  for (let before = -1; before !== taken && performance.now() < deadlineMs;) {
    before = taken;
    await wholeTurn();
  }
  server.off('connection', count);
}

/**
 * Between that turn and the end of the port others may come, the more the busier this process is. So
 * we leave room for a single one, and stand there ourselves: for whom there is no room the system does
 * not hear, and asks again after a second, when the port is gone. Resolves in that very turn, so that
 * nobody is taken, and nobody comes in, until the port is closed.
 */
async function lock(server: Server): Promise<void> {
  const at = server.address() as AddressInfo;
  handleOf(server)?.listen?.(0);
  const deadlineMs = performance.now() + LONGEST_LOCK_MS;
  while (performance.now() < deadlineMs) {
    const own = connect({ port: at.port, host: hostOf(at) }).on('error', () => undefined);
    // When the system was asked, and before the event loop goes on.
    await new Promise<void>((asked) => process.nextTick(asked));
    const isLocked = isLockedBy(own, at);
    if (!isLocked) await wholeTurn();
    own.destroy();
    if (isLocked) return;
  }
}

/** Whether it is our own connection that stands at the port, and nobody is on the way who was heard. */
function isLockedBy(own: Socket, { port, address }: AddressInfo): boolean {
  // To look around takes longer than to see that there was no room for us.
  if (handleOf(own)?.getpeername?.({}) !== 0) return false;
  const callers = callersAt(port, address);
  // Where the system does not say we have to believe it.
  if (!callers) return true;
  const { queued, waiting, coming } = callers;
  return queued === 1 && coming === 0 && waiting.length === 1 && waiting[0] === own.localPort;
}

/** Where somebody on this host comes to a server. */
function hostOf({ address }: AddressInfo): string {
  if (address === '0.0.0.0') return '127.0.0.1';
  return address === '::' ? '::1' : address;
}

/** With a look at all sockets: in what is left of this turn of the event loop there may be none. */
export async function wholeTurn(): Promise<void> {
  await nextTurn();
  await nextTurn();
}
