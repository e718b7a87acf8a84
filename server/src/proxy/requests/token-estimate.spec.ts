import { describe, expect, it } from '@jest/globals';
import {
  likelyPromptTokens,
  mostPromptTokens,
  plausiblePromptTokens,
  promptSize,
} from './token-estimate.js';

const base64 = 'A'.repeat(100_000);
const sizeOf = (messages: unknown[]) => promptSize(messages, JSON.stringify(messages).length);

describe('promptSize', () => {
  it.each<[string, unknown[], number]>([
    ['texts', [{ role: 'user', content: 'hi' }], 0],
    ['no messages worth the name', [null, 7, { content: [null, 'x', { type: 7 }] }], 0],
    ['an image', [image(`data:image/png;base64,${base64}`)], 1],
    ['an image elsewhere', [image('https://example.org/a.png')], 1],
    ['a bare image', [{ content: [{ type: 'input_image', input_image: `data:,${base64}` }] }], 1],
    ['audio', [{ content: [{ type: 'input_audio', input_audio: { data: base64 } }] }], 1],
    ['media without any', [{ content: [{ type: 'image_url' }] }], 1],
  ])('of %s', (_what, messages, mediaParts) => {
    const size = sizeOf(messages);
    expect(size).toMatchObject({ mediaParts, messages: messages.length });
    expect(size.textBytes).toBeLessThan(200);
  });

  it('takes a text that only looks like an image for text', () => {
    const size = sizeOf([{ content: [{ type: 'text', text: `data:${base64}` }] }]);
    expect(size.textBytes).toBeGreaterThan(100_000);
  });
});

describe('the estimates', () => {
  const size = { textBytes: 1_200, messages: 2, mediaParts: 1 };

  it('hold more than is likely, and believe more than is held', () => {
    expect(mostPromptTokens(size)).toBe(400 + 16 + 1_000);
    expect(likelyPromptTokens(size)).toBe(300 + 1_000);
    expect(plausiblePromptTokens(size)).toBe(1_200 + 16 + 20_000 + 4_096);
  });

  it('take tokens that came as such for what they are', () => {
    const tokens = { textBytes: 0, messages: 0, mediaParts: 0, knownTokens: 700 };
    expect(mostPromptTokens(tokens)).toBe(700);
    expect(likelyPromptTokens(tokens)).toBe(700);
    expect(plausiblePromptTokens(tokens)).toBe(700 + 4_096);
  });
});

function image(url: string): unknown {
  return { role: 'user', content: [{ type: 'image_url', image_url: { url } }] };
}
