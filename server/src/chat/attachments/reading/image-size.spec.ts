import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { gifOf, jpegOf, pngOf, webpOf } from '../testing/images.js';
import { tokensOfImage, tokensOfText } from './attachment-tokens.js';
import { IMAGE_TYPES, imageSize, type ImageType } from './image-size.js';

describe('the size of an image', () => {
  it.each<[string, ImageType, Buffer]>([
    ['a PNG', 'image/png', pngOf(640, 481)],
    ['a GIF', 'image/gif', gifOf(640, 481)],
    ['a JPEG, behind what a camera wrote', 'image/jpeg', jpegOf(640, 481)],
    ['a progressive JPEG', 'image/jpeg', jpegOf(640, 481, 0xc2)],
    ['a WebP', 'image/webp', webpOf(640, 481, 'VP8 ')],
    ['a lossless WebP', 'image/webp', webpOf(640, 481, 'VP8L')],
    ['a WebP with more to it', 'image/webp', webpOf(640, 481, 'VP8X')],
  ])('is read of %s', (_case, type, bytes) => {
    expect(imageSize(type, bytes)).toEqual({ width: 640, height: 481 });
  });

  it.each<[string, ImageType, Buffer]>([
    ['a PNG that is cut', 'image/png', pngOf(9, 9).subarray(0, 20)],
    ['a PNG that begins with something else', 'image/png', Buffer.alloc(64, 'x')],
    ['a GIF without width', 'image/gif', gifOf(0, 9)],
    ['a JPEG that is cut', 'image/jpeg', jpegOf(9, 9).subarray(0, 1_000)],
    ['a JPEG without a frame', 'image/jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xda, 0, 9])],
    ['a WebP of a kind that is not known', 'image/webp', Buffer.alloc(64, 'x')],
    ['nothing', 'image/jpeg', Buffer.alloc(0)],
  ])('is not read of %s', (_case, type, bytes) => {
    expect(imageSize(type, bytes)).toBeNull();
  });

  it('never fails, and ends, whatever it is given', () => {
    const sized = fc.uint8Array({ maxLength: 200 });
    fc.assert(
      fc.property(fc.constantFrom(...IMAGE_TYPES), sized, (type, bytes) => {
        const size = imageSize(type, Buffer.from(bytes));
        expect(size === null || (size.width > 0 && size.height > 0)).toBe(true);
      }),
    );
  });
});

describe('tokens', () => {
  it.each([
    ['', 0],
    ['four', 1],
    ['seven!!', 2],
    ['äöü€', 3],
  ])('of the text %j are %d', (text, tokens) => {
    expect(tokensOfText(text)).toBe(tokens);
  });

  it.each([
    [1, 1, 255],
    [512, 512, 255],
    [1_024, 1_024, 765],
    [4_000, 3_000, 765],
    [10_000, 10, 765],
    [8_000, 3_000, 1_445],
  ])('of an image of %d × %d are %d', (width, height, tokens) => {
    expect(tokensOfImage({ width, height })).toBe(tokens);
  });
});
