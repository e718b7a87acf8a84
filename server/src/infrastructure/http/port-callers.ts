import { readFileSync } from 'node:fs';
import { isIPv6 } from 'node:net';

const LISTENING = '0A';
const SYN_RECEIVED = '03';
/** Established, and the same after the caller has closed its side. */
const CONNECTED = ['01', '08'];
/** A socket that no process has been handed yet has no file. */
const NO_FILE = '0';

/** Who comes to a port and has not been handed to a process yet. */
export interface PortCallers {
  /** How many were connected before the others were looked at. */
  readonly queued: number;
  /** The ports at the other end of those that are connected. */
  readonly waiting: readonly number[];
  /** How many have been answered by the system and have not yet heard it. */
  readonly coming: number;
}

/**
 * Those at a port that listens at `address`, as Linux says: of its TCP sockets first those that listen.
 * Null where the system does not say.
 */
export function callersAt(port: number, address: string): PortCallers | null {
  const table = textOf(`/proc/self/net/${isIPv6(address) ? 'tcp6' : 'tcp'}`);
  if (table === null) return null;
  const end = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const sockets = table
    .split('\n')
    .filter((line) => line.includes(end))
    .map(socketOf)
    .filter(({ local }) => local.endsWith(end));
  return {
    queued: sockets
      .filter(({ state }) => state === LISTENING)
      .reduce((sum, { unread }) => sum + unread, 0),
    waiting: sockets
      .filter(({ state, file }) => CONNECTED.includes(state) && file === NO_FILE)
      .map(({ remotePort }) => remotePort),
    coming: sockets.filter(({ state }) => state === SYN_RECEIVED).length,
  };
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** Addresses are `0100007F:1388`, queues `00000000:00000001`: what is unsent and what is unread. */
function socketOf(line: string) {
  const [, local = '', remote = '', state = '', queues = '', ...rest] = line.trim().split(/\s+/);
  return {
    local,
    state,
    remotePort: afterColon(remote),
    unread: afterColon(queues),
    file: rest[4],
  };
}

const afterColon = (text: string) => Number.parseInt(text.slice(text.indexOf(':') + 1), 16);
