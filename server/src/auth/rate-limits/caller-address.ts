import { isIP } from 'node:net';
import { type FastifyRequest } from 'fastify';
import { normalizeIp } from './throttler.js';

/** The part of an IPv6 address that one household or machine has to itself and can change within. */
const IPV6_PREFIX = 64;

/**
 * Whom a limit by address counts: the caller as far as `app.trust_proxy` lets proxies name it, an
 * IPv6 network as one. What a trusted proxy says and is no address counts as the proxy itself.
 */
export function callerAddress({ ip, socket }: Pick<FastifyRequest, 'ip' | 'socket'>): string {
  const address = isIP(ip) ? ip : (socket.remoteAddress ?? '');
  return isIP(address) ? normalizeIp(address, IPV6_PREFIX) : '';
}
