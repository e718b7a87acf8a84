import { describe, expect, it } from '@jest/globals';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { likelyPromptTokens, mostPromptTokens } from '../requests/token-estimate.js';
import { type FormPart } from '../../infrastructure/http/forms/form-part.js';
import { type TemporaryFile } from '../../infrastructure/http/forms/temporary-file.js';
import { AudioForm } from './audio-form.js';
import { readAudioRequest } from './audio-request.js';

const LENGTH = { most: 12_000, plausible: 12_000, likely: 10_000, isMeasured: true };

function read(...fields: [string, string][]) {
  const parts = fields.map(([name, value]): FormPart => ({
    kind: 'field',
    name,
    value,
    contentType: null,
  }));
  const form = new AudioForm(parts, LENGTH, { size: 0 } as TemporaryFile);
  return readAudioRequest('audio/transcriptions', form);
}

describe('a request for a transcription', () => {
  it.each<[string, [string, string][], { model: string; isStream: boolean }]>([
    ['its model', [['model', ' whisper ']], { model: 'whisper', isStream: false }],
    ['no model', [], { model: '', isStream: false }],
    ['that it is no stream', [['stream', 'false']], { model: '', isStream: false }],
    ['that it is one', [['stream', 'true']], { model: '', isStream: true }],
    ['that it is one, in the words of Python', [['stream', 'True']], { model: '', isStream: true }],
  ])('says %s', (_case, fields, expected) => {
    expect(read(...fields)).toMatchObject(expected);
  });

  it.each<[string, [string, string][]]>([
    [
      'two models',
      [
        ['model', 'a'],
        ['model', 'a'],
      ],
    ],
    [
      'two answers whether to stream',
      [
        ['stream', 'true'],
        ['stream', 'false'],
      ],
    ],
    ['other models to fall back on', [['Fallbacks', 'expensive']]],
    ['an odd answer', [['stream', '1.5']]],
    ['a model too long', [['model', 'm'.repeat(300)]]],
  ])('is refused with %s', (_case, fields) => {
    expect(() => read(...fields)).toThrow(AppError);
  });

  it('is held for by the length of its audio and of its prompt', () => {
    const { prompt, output, audioMs } = read(['prompt', 'x'.repeat(300)]);
    expect(audioMs).toBe(LENGTH);
    expect(mostPromptTokens(prompt, null)).toBe(12 * 25 + 100 + 8);
    expect(likelyPromptTokens(prompt)).toBe(10 * 10 + 75);
    expect(output).toEqual({ limit: 400, choices: 1 });
  });
});
