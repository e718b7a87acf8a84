import { describe, expect, it } from '@jest/globals';
import { type FastifyRequest } from 'fastify';
import { authorizationOf } from './request-authorization.js';

const requestTo = (url: string | undefined, headers: Record<string, string>) =>
  ({ headers, routeOptions: { url } }) as unknown as FastifyRequest;

describe('authorizationOf', () => {
  it.each<[string | undefined, Record<string, string>, string | undefined]>([
    ['/v1/messages', {}, undefined],
    ['/v1/messages', { 'x-api-key': 'sk_a' }, 'Bearer sk_a'],
    ['/v1/messages/count_tokens', { 'x-api-key': 'sk_a' }, 'Bearer sk_a'],
    ['/v1/messages', { 'x-api-key': '', authorization: 'Bearer sk_a' }, 'Bearer sk_a'],
    ['/v1/messages', { 'x-api-key': 'sk_a', authorization: 'bearer  sk_a' }, 'Bearer sk_a'],
    ['/v1/messages', { authorization: 'Basic x' }, 'Basic x'],
    ['/v1/messagesx', { 'x-api-key': 'sk_a' }, undefined],
    ['/v1/chat/completions', { 'x-api-key': 'sk_a' }, undefined],
    ['/v1/models', { 'x-api-key': 'sk_a', authorization: 'Bearer sk_b' }, 'Bearer sk_b'],
    [undefined, { 'x-api-key': 'sk_a' }, undefined],
  ])('at %s with %j: %j', (url, headers, authorization) => {
    expect(authorizationOf(requestTo(url, headers))).toBe(authorization);
  });

  it.each(['Bearer sk_b', 'Basic sk_a', 'sk_'])('does not choose between two keys: %s', (other) => {
    const request = requestTo('/v1/messages', { 'x-api-key': 'sk_a', authorization: other });
    expect(() => authorizationOf(request)).toThrow('Two different API keys');
  });
});
