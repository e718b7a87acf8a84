import { type FastifyReply } from 'fastify';
import { type RateLimit } from '../../config/index.js';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { type Admission, type Standing } from './admission.js';

const UNITS: readonly (readonly [number, string])[] = [
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
];

/** Tells the caller where it stands, in the plain headers and in OpenAI's. */
export function sendStanding(reply: FastifyReply, { limit, remaining, freeInMs }: Standing): void {
  const most = String(limit.limit);
  const left = String(remaining);
  const waitS = String(secondsOf(freeInMs));
  reply.header('x-ratelimit-limit', most);
  reply.header('x-ratelimit-remaining', left);
  reply.header('x-ratelimit-reset', waitS);
  reply.header('x-ratelimit-limit-requests', most);
  reply.header('x-ratelimit-remaining-requests', left);
  reply.header('x-ratelimit-reset-requests', `${waitS}s`);
}

/** `whose` completes "Too many … ": "requests with this API key". */
export function tooMany(whose: string, { limit, freeInMs }: Admission, now: Date): AppError {
  const retryAfterS = secondsOf(freeInMs);
  const again = new Date(now.getTime() + retryAfterS * 1000).toISOString();
  return new AppError(
    'rate_limit_exceeded',
    `Too many ${whose}: the limit is ${limitText(limit)}. Try again in ${retryAfterS} s, at ${again.slice(11, 19)} UTC.`,
    { retryAfterS, details: { limit: limitText(limit), retryAfterS, again } },
  );
}

/** `30 per minute`, `5 per 2 minutes`. */
export function limitText({ limit, windowS }: RateLimit): string {
  const [seconds, unit] = UNITS.find(([length]) => windowS % length === 0)!;
  const many = windowS / seconds;
  return many === 1 ? `${limit} per ${unit}` : `${limit} per ${many} ${unit}s`;
}

/** Whole seconds that are never too few. */
function secondsOf(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000));
}
