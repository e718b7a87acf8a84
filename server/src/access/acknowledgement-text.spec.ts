import { describe, expect, it } from '@jest/globals';
import { acknowledgementText } from './acknowledgement-text.js';

describe('acknowledgementText', () => {
  it.each([
    ['of the model', 'of the defaults', 'of the model'],
    [null, 'of the defaults', 'of the defaults'],
    ['', 'of the defaults', 'of the defaults'],
    ['of the model', null, 'of the model'],
  ])('of %j and %j is %j', (ofModel, ofDefaults, text) => {
    expect(acknowledgementText(ofModel, ofDefaults).text).toBe(text);
  });

  it('is a general one where nobody wrote one', () => {
    expect(acknowledgementText(null, null).text).toContain('agreement');
    expect(acknowledgementText('', '')).toEqual(acknowledgementText(null, null));
  });

  it('is told from another by its hash', () => {
    const { hash } = acknowledgementText('one', null);
    expect(hash).toMatch(/^[\w-]{43}$/);
    expect(acknowledgementText(null, 'one').hash).toBe(hash);
    expect(acknowledgementText('one.', null).hash).not.toBe(hash);
  });
});
