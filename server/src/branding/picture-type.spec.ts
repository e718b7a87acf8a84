import { describe, expect, it } from '@jest/globals';
import { pictureType } from './picture-type.js';

describe('the kind of a picture', () => {
  it.each([
    [Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]), 'image/png'],
    [Buffer.from([0, 0, 1, 0, 1]), 'image/x-icon'],
    [Buffer.from('RIFF\0\0\0\0WEBPVP8 '), 'image/webp'],
    [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/svg+xml'],
    [Buffer.from('\uFEFF<?xml version="1.0"?>\n<!-- drawn -->\n<svg>'), 'image/svg+xml'],
    [Buffer.from('<!doctype html><svg>'), undefined],
    [Buffer.from('<html><svg/></html>'), undefined],
    [Buffer.from('app: { secret_key: x }'), undefined],
    [Buffer.alloc(0), undefined],
  ])('%#', (bytes, mediaType) => {
    expect(pictureType(bytes)?.mediaType).toBe(mediaType);
  });
});
