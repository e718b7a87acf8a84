import dns from 'node:dns';
import { type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { addressOfHost, kindOfAddress } from './address-rules.js';

export interface GuardedConnections {
  timeoutMs: number;
  /** Whether addresses of private networks may be connected to; forbidden ones never may. */
  allowsPrivate: boolean;
}

/** The address of a backend, or one its name leads to, is one that Lumen does not connect to. */
export class AddressRefusedError extends Error {
  readonly code = 'LUMEN_ADDRESS_REFUSED';
}

/**
 * Opens connections for an undici pool or client, to allowed addresses only. Names are judged by the
 * addresses that are then connected to, so a name cannot lead elsewhere between check and use.
 */
export function guardedConnector(options: GuardedConnections): buildConnector.connector {
  const { timeoutMs, allowsPrivate } = options;
  const connect = buildConnector({
    timeout: timeoutMs,
    allowH2: false,
    lookup: guardedLookup(allowsPrivate),
  });
  return (target, callback) => {
    const literal = addressOfHost(target.hostname);
    const refusal = literal === null ? null : refusalOf(literal, allowsPrivate);
    if (refusal) callback(refusal, null);
    else connect(target, callback);
  };
}

/** Why an address may not be connected to; null: it may. `name` is what led to it. */
export function refusalOf(
  address: string,
  allowsPrivate: boolean,
  name?: string,
): AddressRefusedError | null {
  const kind = kindOfAddress(address);
  if (kind === 'public' || (kind === 'private' && allowsPrivate)) return null;
  const what = name === undefined ? address : `${name} is ${address}, which`;
  const why =
    kind === 'private'
      ? 'is in a private network; upstream.allow_private in config.yaml does not allow that'
      : 'is a link-local, metadata or multicast address; those are never allowed';
  return new AddressRefusedError(`${what} ${why}`);
}

/** `dns.lookup`, refused as a whole if one of the addresses found is not allowed. */
function guardedLookup(allowsPrivate: boolean): LookupFunction {
  return (hostname, options, callback) => {
    dns.lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      for (const { address } of addresses) {
        const refusal = refusalOf(address, allowsPrivate, hostname);
        if (refusal) return callback(refusal, []);
      }
      const [first] = addresses;
      if (options.all || !first) return callback(null, addresses);
      callback(null, first.address, first.family);
    });
  };
}
