import { describe, expect, it } from '@jest/globals';
import { likelyPromptTokens, mostPromptTokens, plausiblePromptTokens } from './token-estimate.js';

describe('the estimates', () => {
  const size = { textBytes: 1_200, messages: 2, mediaParts: 1 };

  it('hold more than is likely, and believe more than is held', () => {
    expect(mostPromptTokens(size, 8_192)).toBe(400 + 16 + 1_000);
    expect(likelyPromptTokens(size)).toBe(300 + 1_000);
    expect(plausiblePromptTokens(size)).toBe(1_200 + 16 + 20_000 + 4_096);
  });

  it('take tokens that came as such for what they are', () => {
    const tokens = { textBytes: 0, messages: 0, mediaParts: 0, knownTokens: 700 };
    expect(mostPromptTokens(tokens, 8_192)).toBe(700);
    expect(likelyPromptTokens(tokens)).toBe(700);
    expect(plausiblePromptTokens(tokens)).toBe(700 + 4_096);
  });

  it('of a prompt that grows hold the model’s window, and leave its size to the backend', () => {
    const growing = { ...size, grows: true };
    expect(mostPromptTokens(growing, 8_192)).toBe(8_192);
    expect(mostPromptTokens(growing, 1_000)).toBe(400 + 16 + 1_000);
    expect(mostPromptTokens(growing, null)).toBe(128_000);
    expect(likelyPromptTokens(growing)).toBe(likelyPromptTokens(size));
    expect(plausiblePromptTokens(growing)).toBe(10_000_000);
  });
});
