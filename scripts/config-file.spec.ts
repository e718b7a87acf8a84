import { describe, expect, it } from '@jest/globals';
import { fillSecrets } from './config-file.mjs';

const EXAMPLE = [
  'secret_key: change-me-to-something-random # keep it',
  'encryption_key: change-me-to-something-different',
].join('\n');

describe('a configuration made from the example', () => {
  it('has another secret in each place', () => {
    const [, secret, encryption] =
      /secret_key: (\S+) # keep it\nencryption_key: (\S+)$/.exec(fillSecrets(EXAMPLE) as string) ??
      [];
    expect(secret).toMatch(/^[\w-]{64}$/);
    expect(encryption).toMatch(/^[\w-]{64}$/);
    expect(encryption).not.toBe(secret);
  });

  it('leaves the rest as it is', () => {
    expect(fillSecrets('debug: true\n')).toBe('debug: true\n');
  });
});
