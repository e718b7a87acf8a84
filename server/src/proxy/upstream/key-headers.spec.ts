import { describe, expect, it } from '@jest/globals';
import { keyHeaders } from './key-headers.js';

describe('keyHeaders', () => {
  it('is the header of most backends, or the key alone where that is wanted', () => {
    expect(keyHeaders('Bearer k-1', {})).toEqual({ authorization: 'Bearer k-1' });
    expect(keyHeaders('Bearer k-1', { keyHeader: 'x-api-key' })).toEqual({ 'x-api-key': 'k-1' });
  });
});
