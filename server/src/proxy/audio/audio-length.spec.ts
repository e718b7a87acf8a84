import { describe, expect, it } from '@jest/globals';
import { audioLength, type MeasuredAudio } from './audio-length.js';

const SECOND = 1000;
/** 16,000 samples a second of 16 bits: 32,000 bytes. */
const RAW = { rawBitrate: 256_000, hasVideo: false };
const PACKED = { rawBitrate: null, hasVideo: false };
const FILM = { rawBitrate: null, hasVideo: true };

describe('the length of audio', () => {
  it.each<[string, number, MeasuredAudio | null, ReturnType<typeof audioLength>]>([
    [
      'as a file says, with room for rounding',
      320_000,
      { ...RAW, durationMs: 10 * SECOND },
      { most: 12 * SECOND, plausible: 12 * SECOND, likely: 10 * SECOND, isMeasured: true },
    ],
    [
      'of samples by their size where recorders left it open',
      320_000,
      { ...RAW, durationMs: null },
      { most: 12 * SECOND, plausible: 12 * SECOND, likely: 10 * SECOND, isMeasured: true },
    ],
    [
      'of samples by their size where the file claims hours',
      320_000,
      { ...RAW, durationMs: 90_000 * SECOND },
      { most: 12 * SECOND, plausible: 12 * SECOND, likely: 10 * SECOND, isMeasured: true },
    ],
    [
      'of samples that claim to be short: held by their size',
      320_000,
      { ...RAW, durationMs: 1 },
      { most: 12 * SECOND, plausible: 12 * SECOND, likely: 1, isMeasured: true },
    ],
    [
      'of a packed file that claims to be short: held as if it were of the best quality',
      4_000_000,
      { ...PACKED, durationMs: 20 },
      { most: 103 * SECOND, plausible: 5_334 * SECOND, likely: 20, isMeasured: true },
    ],
    [
      'of a film, whose size is that of its pictures',
      4_000_000,
      { ...FILM, durationMs: 5 * SECOND },
      { most: 7 * SECOND, plausible: 5_334 * SECOND, likely: 5 * SECOND, isMeasured: true },
    ],
    [
      'that no codec can make of so few bytes',
      1_000,
      { ...PACKED, durationMs: 3_600 * SECOND },
      { most: 2 * SECOND, plausible: 2 * SECOND, likely: 125, isMeasured: false },
    ],
    [
      'of what nobody can read',
      60_000,
      null,
      { most: 80 * SECOND, plausible: 80 * SECOND, likely: 7_500, isMeasured: false },
    ],
    [
      'of a packed file that says nothing',
      60_000,
      { ...PACKED, durationMs: null },
      { most: 80 * SECOND, plausible: 80 * SECOND, likely: 7_500, isMeasured: false },
    ],
  ])('%s', (_case, bytes, measured, expected) => {
    expect(audioLength(bytes, measured)).toEqual(expected);
  });

  it('is never held for less than is likely, nor believed for less than is held', () => {
    for (const durationMs of [null, 1, 1_000, 60_000, 1e12]) {
      for (const kind of [RAW, PACKED, FILM]) {
        const { most, plausible, likely } = audioLength(50_000, { ...kind, durationMs });
        expect(likely).toBeLessThanOrEqual(most);
        expect(most).toBeLessThanOrEqual(plausible);
        expect(Number.isSafeInteger(most)).toBe(true);
      }
    }
  });
});
