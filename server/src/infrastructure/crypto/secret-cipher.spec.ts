import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SecretCipher, UnreadableSecretError } from './secret-cipher.js';

const OLD = 'the-encryption-key-of-last-year-0123456789';
const NEW = 'the-encryption-key-of-this-year-0123456789';
const PLACE = 'provider:1';

describe('SecretCipher', () => {
  const cipher = new SecretCipher(NEW);

  it('opens what it sealed, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (secret, place) => {
        expect(cipher.open(cipher.seal(secret, place), place)).toBe(secret);
      }),
    );
  });

  it('does so with bytes of any kind, none and many', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(cipher.openBytes(cipher.sealBytes(bytes, PLACE), PLACE)).toEqual(Buffer.from(bytes));
      }),
    );
    const many = Buffer.alloc(2 ** 20, 0xfe);
    expect(cipher.openBytes(cipher.sealBytes(many, PLACE), PLACE).equals(many)).toBe(true);
  });

  it('never shows the secret and never seals one twice alike', () => {
    const sealed = [1, 2, 3].map(() => cipher.seal('sk-abc', PLACE));
    expect(new Set(sealed).size).toBe(3);
    for (const text of sealed) {
      expect(text).toMatch(/^v1\.[\w-]{8}\.[\w-]{16}\.[\w-]+$/);
      expect(text).not.toContain('sk-abc');
    }
  });

  it('notices every changed bit', () => {
    const sealed = cipher.seal('sk-abc', PLACE);
    const [format, keyId, ...encoded] = sealed.split('.');
    const parts = encoded.map((part) => Buffer.from(part, 'base64url'));
    for (const part of parts) {
      for (let bit = 0; bit < part.length * 8; bit += 1) {
        part[bit >> 3]! ^= 1 << (bit & 7);
        const changed = [format, keyId, ...parts.map((each) => each.toString('base64url'))];
        expect(() => cipher.open(changed.join('.'), PLACE)).toThrow(UnreadableSecretError);
        part[bit >> 3]! ^= 1 << (bit & 7);
      }
    }
    expect(() => cipher.open(sealed.replace('v1.', 'v2.'), PLACE)).toThrow(UnreadableSecretError);
  });

  it.each(['', 'v1', 'v1...', 'v2.a.b.c', 'sk-abc', 'v1.AAAAAAAA.AAAA.AAAA', 'v1.a.b.c.d'])(
    'refuses %j',
    (text) => {
      expect(() => cipher.open(text, PLACE)).toThrow(UnreadableSecretError);
    },
  );

  it('refuses a tag that was cut short, and text after the end', () => {
    const sealed = cipher.seal('sk-abc', PLACE);
    expect(() => cipher.open(sealed.slice(0, -4), PLACE)).toThrow(UnreadableSecretError);
    expect(() => cipher.open(`${sealed}.AAAA`, PLACE)).toThrow(UnreadableSecretError);
  });

  it('binds a secret to its place', () => {
    const sealed = cipher.seal('sk-abc', PLACE);
    expect(() => cipher.open(sealed, 'provider:2')).toThrow(UnreadableSecretError);
  });

  it('opens with two keys in force, and says what the earlier one sealed', () => {
    const sealed = new SecretCipher(OLD).seal('sk-abc', PLACE);
    const both = new SecretCipher(NEW, [OLD]);
    expect(both.open(sealed, PLACE)).toBe('sk-abc');
    expect(both.isOutdated(sealed)).toBe(true);
    expect(both.isOutdated(both.seal('sk-abc', PLACE))).toBe(false);
    expect(() => cipher.open(sealed, PLACE)).toThrow(UnreadableSecretError);
    expect(cipher.open(both.seal('sk-abc', PLACE), PLACE)).toBe('sk-abc');
  });
});
