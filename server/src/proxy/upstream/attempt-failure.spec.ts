import { describe, expect, it } from '@jest/globals';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { type Answer } from '../answers/answer.js';
import { TimeLimitError } from './answer-watch.js';
import { failureOf } from './attempt-failure.js';
import { BackendErrorEvent } from './upstream-errors.js';

const backend = { model: 'm', authorization: null };

function refused(status: number, retryAfter?: string) {
  const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
  return failureOf({ kind: 'refused', status, headers, body: Buffer.from('{}') }, backend, 0);
}

function failed(error: Error, isStarted = false) {
  const answer = isStarted ? ({ isStarted } as Answer) : null;
  return failureOf({ kind: 'failed', error, answer }, backend, 0);
}

const coded = (code: string) => Object.assign(new Error('x'), { code });
/** As Node tells of `localhost` on a machine that has IPv4 alone. */
const atTwo = (code: string) =>
  Object.assign(new AggregateError([coded('EADDRNOTAVAIL'), coded(code)]), {
    code: 'EADDRNOTAVAIL',
  });
const event = (body: object) => new BackendErrorEvent(Buffer.from(JSON.stringify(body)));

describe('an attempt that a backend refused', () => {
  it.each([
    [400, 'callers', 'neither', 'upstream_request_refused'],
    [409, 'callers', 'neither', 'upstream_request_refused'],
    [413, 'callers', 'neither', 'upstream_request_refused'],
    [422, 'callers', 'neither', 'upstream_request_refused'],
    [404, 'callers', 'neither', 'upstream_request_refused'],
    [401, 'endpoints', 'failed', 'upstream_misconfigured'],
    [403, 'endpoints', 'failed', 'upstream_misconfigured'],
    [301, 'endpoints', 'failed', 'upstream_error'],
    [204, 'endpoints', 'failed', 'upstream_error'],
    [405, 'endpoints', 'failed', 'upstream_error'],
    [408, 'broken', 'failed', 'upstream_error'],
    [429, 'busy', 'neither', 'upstream_overloaded'],
    [500, 'broken', 'failed', 'upstream_error'],
    [503, 'broken', 'failed', 'upstream_overloaded'],
    [504, 'broken', 'failed', 'upstream_error'],
  ])('with %i', (status, fault, health, code) => {
    expect(refused(status)).toMatchObject({ status, fault, health, error: { code } });
  });

  it.each([429, 503])('with %i says when to come back', (status) => {
    expect(refused(status, '7')).toMatchObject({
      fault: 'busy',
      health: 'neither',
      retryAfterMs: 7_000,
      error: { retryAfterS: 7 },
    });
  });
});

describe('an attempt that a backend failed', () => {
  it.each([
    ['refusing the connection', coded('ECONNREFUSED'), 'broken', 'failed'],
    ['for want of a descriptor here', coded('EMFILE'), 'broken', 'neither'],
    [
      'refusing at one address, where there is none other',
      atTwo('ECONNREFUSED'),
      'broken',
      'failed',
    ],
    ['breaking off', new Error('other side closed'), 'broken', 'failed'],
    ['not beginning', new TimeLimitError('first_token', 1, false), 'broken', 'failed'],
    ['falling silent', new TimeLimitError('idle', 1, true), 'broken', 'failed'],
    ['taking all the time', new TimeLimitError('total', 1, true), 'over', 'neither'],
    ['saying nothing all the time', new TimeLimitError('total', 1, false), 'over', 'failed'],
    ['at a forbidden address', coded('LUMEN_ADDRESS_REFUSED'), 'endpoints', 'failed'],
    ['by no fault of its own', new AppError('shutting_down', 'x'), 'over', 'neither'],
    ['saying so without a code', event({ error: 'no GPU' }), 'broken', 'failed'],
  ])('%s', (_what, error, fault, health) => {
    expect(failed(error)).toMatchObject({ status: null, fault, health });
  });

  it.each([
    [{ error: { message: 'long', code: 400 } }, 'callers', 400, 'upstream_request_refused'],
    [{ object: 'error', message: 'busy', code: '429' }, 'busy', 429, 'upstream_overloaded'],
    [{ error: { message: 'oom', code: 500 } }, 'broken', 500, 'upstream_error'],
  ])('saying so in the first event of a stream: %j', (body, fault, status, code) => {
    expect(failed(event(body))).toMatchObject({ fault, status, error: { code } });
  });

  it('saying so in a later event', () => {
    const failure = failed(event({ error: { message: 'long', code: 400 } }), true);
    expect(failure).toMatchObject({ status: null, error: { code: 'upstream_error' } });
  });
});
