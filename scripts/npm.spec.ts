import { describe, expect, it } from '@jest/globals';
import { npmFailure } from './npm.mjs';

const words = { purpose: 'The packages could not be installed', remedy: 'Connect and try again.' };

describe('a failed npm', () => {
  it.each(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ETIMEDOUT'])(
    'off the network (%s) gives one line and no output',
    (code) => {
      const failure = npmFailure(`npm error code ${code}\nnpm error errno x\n`, words);
      expect(failure.message).toBe(
        `The packages could not be installed: the npm registry cannot be reached (${code}). Connect and try again.`,
      );
      expect(failure.output).toBe('');
    },
  );

  it('shows what npm said otherwise', () => {
    const failure = npmFailure('npm error code EINTEGRITY\nnpm error sha512-…\n', words);
    expect(failure.message).toContain('npm failed (EINTEGRITY), see above');
    expect(failure.output).toContain('sha512');
  });
});
