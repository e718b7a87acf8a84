import { describe, expect, it } from '@jest/globals';
import { type ModelEndpoint } from '../../models/index.js';
import { hidesReasoning } from './hidden-reasoning.js';

const at = (...urls: string[]) => urls.map((url) => new URL(url) as unknown as ModelEndpoint);

describe('hidesReasoning', () => {
  it.each([
    ['https://api.openai.com/v1', true],
    ['https://x.openai.azure.com/openai/v1', true],
    ['https://x.services.ai.azure.com:443/openai/v1', true],
    ['https://api.anthropic.com/v1', true],
    ['https://generativelanguage.googleapis.com/v1beta/openai', true],
    ['https://api.x.ai/v1', true],
    ['https://api.openai.com:8443/v1', true],
    ['https://api.openai.com.example.org/v1', false],
    ['https://example.org/api.openai.com', false],
    ['http://127.0.0.1:8000/v1', false],
  ])('at %s: %s', (url, hides) => {
    const endpoints = at('http://10.0.0.1/v1', url);
    expect(hidesReasoning({ supportsReasoning: true, endpoints })).toBe(hides);
    expect(hidesReasoning({ supportsReasoning: false, endpoints })).toBe(false);
  });
});
