import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
  ATTEMPT_LASTS_S,
  challengeOf,
  newLoginAttempt,
  openAttempt,
  sealAttempt,
} from './login-attempt.js';

const SECRET = 'secret';
const NOW = new Date('2026-11-21T10:00:00Z');
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);

describe('a login attempt', () => {
  it('is read again by those who know the secret, while it lasts', async () => {
    const attempt = newLoginAttempt('/chat?a=b#c');
    const sealed = await sealAttempt(attempt, SECRET, NOW);
    expect(await openAttempt(sealed, SECRET, later(ATTEMPT_LASTS_S - 1))).toMatchObject(attempt);
    expect(await openAttempt(sealed, SECRET, later(ATTEMPT_LASTS_S + 1))).toBeNull();
    expect(await openAttempt(sealed, 'another', NOW)).toBeNull();
  });

  it('shows nothing of itself, and no part of it can be changed', async () => {
    const attempt = newLoginAttempt('/chat');
    const sealed = await sealAttempt(attempt, SECRET, NOW);
    const parts = sealed.split('.');
    const readable = parts.map((part) => Buffer.from(part, 'base64url').toString('latin1')).join();
    for (const value of Object.values(attempt)) expect(readable).not.toContain(value);
    for (const index of [0, 2, 3, 4]) {
      const changed = [...parts];
      const first = changed[index]![0] === 'A' ? 'B' : 'A';
      changed[index] = first + changed[index]!.slice(1);
      expect(await openAttempt(changed.join('.'), SECRET, NOW)).toBeNull();
    }
  });

  it('is never the same twice, and its challenge is the hash of its verifier', () => {
    const [one, other] = [newLoginAttempt('/chat'), newLoginAttempt('/chat')];
    for (const key of ['id', 'state', 'nonce', 'verifier'] as const) {
      expect(one[key]).not.toBe(other[key]);
    }
    const hash = createHash('sha256').update(one.verifier).digest('base64url');
    expect(challengeOf(one)).toBe(hash);
  });
});
