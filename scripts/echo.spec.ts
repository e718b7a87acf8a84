import { describe, expect, it } from '@jest/globals';
import { usesEcho } from './echo.mjs';

const endpoint = (line: string) => `models:\n  - name: dummy\n    endpoints:\n${line}\n`;

describe('whether a configuration uses the echo model', () => {
  it.each([
    ['      - url: http://localhost:9999/v1', true],
    ['      - url: http://127.0.0.1:9999/v1 # the echo model', true],
    ['      - url: "http://localhost:9999/v1"', true],
    ["      - {name: x}\n        url: 'http://[::1]:9999'", true],
    ['      # - url: http://localhost:9999/v1', false],
    ['      - url: https://api.openai.com/v1 # not http://localhost:9999/v1', false],
    ['      - url: http://gpu.example.org:9999/v1', false],
    ['      - url: http://localhost:99990/v1', false],
    ['      - url: http://localhost:11434/v1', false],
    ['      - storage_url: http://localhost:9999', false],
    ['      - url:', false],
  ])('%s: %s', (line, expected) => {
    expect(usesEcho(endpoint(line), {})).toBe(expected);
  });

  it('minds LLM_BASE_URL', () => {
    expect(usesEcho('', { LLM_BASE_URL: 'http://localhost:9999/v1' })).toBe(true);
  });
});
