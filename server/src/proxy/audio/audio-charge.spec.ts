import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { NO_USAGE, readUsage } from '../answers/reported-usage.js';
import { type UsageAccuracy } from '../../usage/index.js';
import { chargedAudio } from './audio-charge.js';
import { type AudioLength } from './audio-length.js';

const MEASURED = { most: 12_000, plausible: 12_000, likely: 10_000, isMeasured: true };
const GUESSED = { most: 80_000, plausible: 80_000, likely: 15_000, isMeasured: false };
/** An hour of speech that says of itself that it is a second. */
const FORGED = { most: 185_000, plausible: 9_600_000, likely: 1_008, isMeasured: true };
const BOUNDS = { promptTokens: 1_000, completionTokens: 1_000, audioMs: 12_000 };

function charged(said: unknown, length = MEASURED, isByLength = true) {
  const reported = readUsage(said, { ...BOUNDS, audioMs: length.plausible });
  const used = { usage: { ...NO_USAGE, promptTokens: 7 }, accuracy: 'estimated' as UsageAccuracy };
  return chargedAudio(used, reported, { length, isByLength });
}

describe('what is charged for audio', () => {
  it.each<[string, unknown, AudioLength, number, UsageAccuracy]>([
    ['as reported', { audio_seconds: 11 }, MEASURED, 11_000, 'exact'],
    ['as reported, though shorter', { audio_seconds: 0.2504 }, MEASURED, 251, 'exact'],
    ['as reported, to the last that is held', { audio_seconds: 12 }, MEASURED, 12_000, 'exact'],
    ['as reported of what nobody could read', { audio_seconds: 3 }, GUESSED, 3_000, 'exact'],
    ['as reported of a file that lied', { audio_seconds: 3600 }, FORGED, 3_600_000, 'exact'],
    ['as measured, without a report', null, MEASURED, 10_000, 'exact'],
    ['as measured, not up to the last word', { last_word_seconds: 2 }, MEASURED, 10_000, 'exact'],
    ['up to the last word', { last_word_seconds: 2.5 }, GUESSED, 2_500, 'estimated'],
    ['by size', null, GUESSED, 15_000, 'estimated'],
    ['by size, not by a lie', { audio_seconds: 81 }, GUESSED, 15_000, 'estimated'],
    ...[12.001, 1e300, Infinity, NaN, 0, -1, '3', true, [3], { seconds: 3 }].map(
      (lie): [string, unknown, AudioLength, number, UsageAccuracy] => [
        `as measured, where ${inspect(lie)} is reported`,
        { audio_seconds: lie },
        MEASURED,
        10_000,
        'exact',
      ],
    ),
  ])('%s', (_case, said, length, audioMs, accuracy) => {
    expect(charged(said, length)).toMatchObject({ audioMs, accuracy });
  });

  it('is by tokens where there is no price for the hour, whose accuracy then counts', () => {
    expect(charged({ audio_seconds: 3 }, MEASURED, false)).toEqual({
      usage: { ...NO_USAGE, promptTokens: 7 },
      accuracy: 'estimated',
      audioMs: 3_000,
    });
  });

  it('does not make up tokens that cost nothing', () => {
    expect(charged(null).usage).toEqual(NO_USAGE);
    const reported = { prompt_tokens: 30, completion_tokens: 4 };
    expect(charged(reported).usage).toMatchObject({ promptTokens: 30, completionTokens: 4 });
  });

  it('stays partial where the answer was broken off', () => {
    const used = { usage: NO_USAGE, accuracy: 'partial' as const };
    const terms = { length: MEASURED, isByLength: true };
    expect(chargedAudio(used, null, terms)).toMatchObject({ accuracy: 'partial', audioMs: 10_000 });
  });
});
