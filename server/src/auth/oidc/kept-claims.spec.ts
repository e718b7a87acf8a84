import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { keptClaims } from './kept-claims.js';

describe('keptClaims', () => {
  it('keeps what is about the person and not what is about the token', () => {
    const person = { iss: 'i', sub: 's', affiliation: 'staff', member_of: ['a', 'b'], acr: 'x' };
    const token = {
      aud: 'a',
      exp: 1,
      iat: 1,
      nonce: 'n',
      at_hash: 'h',
      azp: 'a',
      sid: 's',
      ['__proto__']: 1,
    };
    expect(keptClaims({ ...person, ...token })).toEqual({ claims: person, dropped: [] });
  });

  it('keeps 100 kB of groups', () => {
    const member_of = Array.from({ length: 2_800 }, (_, n) => `cn=group-${n},ou=groups,dc=example`);
    expect(JSON.stringify(member_of).length).toBeGreaterThan(95_000);
    expect(keptClaims({ member_of })).toEqual({ claims: { member_of }, dropped: [] });
  });

  it('drops what is monstrous and keeps the rest', () => {
    const huge = 'x'.repeat(200_000);
    const name = 'n'.repeat(1_000);
    expect(keptClaims({ huge, affiliation: 'staff', [name]: 1 })).toEqual({
      claims: { affiliation: 'staff' },
      dropped: ['n'.repeat(256), 'huge'],
    });
  });

  it('drops the largest when there are too many', () => {
    const large = Object.fromEntries([1, 2, 3, 4].map((n) => [`c${n}`, 'x'.repeat(80_000 + n)]));
    const { claims, dropped } = keptClaims({ ...large, affiliation: 'staff' });
    expect(Object.keys(claims).sort()).toEqual(['affiliation', 'c1', 'c2', 'c3']);
    expect(dropped).toEqual(['c4']);
  });

  it('never keeps more than its limit, nor loses a name', () => {
    const values = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('x'.repeat(90_000), 'y'.repeat(140_000)),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.string({ maxLength: 20 }), values), (all) => {
        const { claims, dropped } = keptClaims({ ...all, aud: 'x' });
        expect(JSON.stringify(claims).length).toBeLessThanOrEqual(300 * 1024);
        expect(Object.keys(claims)).not.toContain('aud');
        const named = Object.keys(all).filter((name) => name !== '__proto__');
        expect(new Set([...Object.keys(claims), ...dropped])).toEqual(new Set(named));
      }),
      { numRuns: 50 },
    );
  });
});
