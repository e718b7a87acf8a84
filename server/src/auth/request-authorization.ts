import { type FastifyRequest } from 'fastify';
import { AppError } from '../infrastructure/errors/app-error.js';

const MESSAGES = '/v1/messages';

/**
 * The `authorization` of a request. At the addresses of Anthropic's API a key may stand in
 * `x-api-key` as well, where its tools put it.
 * @throws AppError api_key_invalid where two different keys were sent
 */
export function authorizationOf({
  headers,
  routeOptions,
}: Pick<FastifyRequest, 'headers' | 'routeOptions'>): string | undefined {
  const { authorization, 'x-api-key': key } = headers;
  if (typeof key !== 'string' || key === '' || !isMessagesRoute(routeOptions.url)) {
    return authorization;
  }
  const spoken = `Bearer ${key}`;
  if (!authorization || keyIn(authorization) === key) return spoken;
  throw new AppError(
    'api_key_invalid',
    'Two different API keys were sent, in "Authorization" and in "x-api-key". Send one of them.',
  );
}

/** By the address as the route declares it, which no way of writing it in a request can change. */
function isMessagesRoute(url: string | undefined): boolean {
  return url === MESSAGES || url?.startsWith(`${MESSAGES}/`) === true;
}

function keyIn(authorization: string): string {
  return authorization.replace(/^Bearer +/i, '');
}
