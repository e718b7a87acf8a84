import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ApiKeyCache, type KnownKey } from './api-key-cache.js';

const MAX = 4;

const known = (keyId: string, ownerId: string): KnownKey => ({
  keyId,
  ownerId,
  principal: null,
  refusal: 'only a test',
  expiresAtMs: null,
});

function filled(...keys: [keyId: string, ownerId: string][]): ApiKeyCache {
  const cache = new ApiKeyCache({ max: MAX, ttlMs: 60_000 });
  for (const [keyId, ownerId] of keys) {
    cache.set(`hash of ${keyId}`, known(keyId, ownerId), cache.generation);
  }
  return cache;
}

describe('ApiKeyCache', () => {
  it('drops one key by its id and leaves the owner’s others', () => {
    const cache = filled(['a1', 'ada'], ['a2', 'ada'], ['b1', 'bob']);
    cache.dropKey('a1');
    expect(cache.get('hash of a1')).toBeUndefined();
    expect(cache.get('hash of a2')).toBeDefined();
    expect(cache.get('hash of b1')).toBeDefined();
  });

  it('drops all keys of an owner', () => {
    const cache = filled(['a1', 'ada'], ['a2', 'ada'], ['b1', 'bob']);
    cache.dropOwner('ada');
    expect(cache.size).toBe(1);
    expect(cache.get('hash of b1')).toBeDefined();
  });

  it('does not keep what was read before something was dropped', () => {
    const cache = filled();
    const { generation } = cache;
    cache.dropKey('a1');
    cache.set('hash of a1', known('a1', 'ada'), generation);
    expect(cache.get('hash of a1')).toBeUndefined();
  });

  it('holds no more than its bound and can drop all it holds, whatever happens', () => {
    const owner = fc.constantFrom('ada', 'bob', 'eve');
    const key = fc.constantFrom('1', '2', '3', '4', '5', '6');
    const step = fc.oneof(
      fc.record({ do: fc.constant('set' as const), key, owner }),
      fc.record({ do: fc.constant('dropKey' as const), key, owner }),
      fc.record({ do: fc.constant('dropOwner' as const), key, owner }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const cache = filled();
        for (const { do: what, key: keyId, owner: ownerId } of steps) {
          const id = `${ownerId}${keyId}`;
          if (what === 'set') cache.set(`hash of ${id}`, known(id, ownerId), cache.generation);
          else if (what === 'dropKey') cache.dropKey(id);
          else cache.dropOwner(ownerId);
          expect(cache.size).toBeLessThanOrEqual(MAX);
        }
        for (const ownerId of ['ada', 'bob', 'eve']) cache.dropOwner(ownerId);
        expect(cache.size).toBe(0);
      }),
    );
  });
});
