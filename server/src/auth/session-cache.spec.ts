import { describe, expect, it } from '@jest/globals';
import { personPrincipal } from '../infrastructure/http/principal.js';
import { SessionCache, type CachedSession } from './session-cache.js';

function session(id: string, userId: string): CachedSession {
  const user = { id: userId, email: 'a@b', name: 'A', grantedRoles: null };
  const principal = personPrincipal(user, { kind: 'session', id });
  return { principal, expiresAtMs: 1, lastSeenMs: 1 };
}

function cacheWith(...sessions: [string, string][]): SessionCache {
  const cache = new SessionCache();
  for (const [id, userId] of sessions) cache.set(`hash-${id}`, session(id, userId), 0);
  return cache;
}

describe('SessionCache', () => {
  it('forgets one session, or all of a person', () => {
    const cache = cacheWith(['s1', 'ada'], ['s2', 'ada'], ['s3', 'bob']);
    cache.forget('s1');
    expect(cache.get('hash-s1')).toBeUndefined();
    expect(cache.get('hash-s2')).toBeDefined();
    cache.forget('ada');
    expect(cache.get('hash-s2')).toBeUndefined();
    expect(cache.get('hash-s3')).toBeDefined();
  });

  it('does not keep what was read before something was forgotten', () => {
    const cache = cacheWith();
    const { generation } = cache;
    cache.forget('ada');
    cache.set('hash', session('s1', 'ada'), generation);
    expect(cache.get('hash')).toBeUndefined();
    cache.set('hash', session('s1', 'ada'), cache.generation);
    expect(cache.get('hash')).toBeDefined();
  });

  it('still finds a session by its person after it was kept twice', () => {
    const cache = cacheWith(['s1', 'ada']);
    cache.set('hash-s1', session('s1', 'ada'), 0);
    cache.forget('ada');
    expect(cache.get('hash-s1')).toBeUndefined();
  });
});
