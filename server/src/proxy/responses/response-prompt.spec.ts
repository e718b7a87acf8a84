import { describe, expect, it } from '@jest/globals';
import { responsePromptSize } from './response-prompt.js';

const base64 = 'A'.repeat(100_000);
const message = (part: object) => [{ role: 'user', content: [part] }];
const output = (part: object) => [{ type: 'function_call_output', output: [part] }];
const search = { tools: [{ type: 'function' }, { type: 'web_search' }] };

describe('the prompt of a response', () => {
  it.each<[string, Record<string, unknown>, string | unknown[], number, boolean]>([
    ['a text', {}, 'hi', 0, false],
    ['an image', {}, message({ type: 'input_image', image_url: `data:,${base64}` }), 1, false],
    ['a far image', {}, message({ type: 'input_image', image_url: 'https://x.org/i' }), 1, false],
    ['sound', {}, message({ type: 'input_audio', input_audio: { data: base64 } }), 1, true],
    ['a PDF', {}, message({ type: 'input_file', file_data: base64 }), 4, true],
    ['a PDF that a tool found', {}, output({ type: 'input_file', file_data: base64 }), 4, true],
    ['a far PDF', {}, message({ type: 'input_file', file_url: 'https://x.org/p' }), 10, true],
    ['tools of the caller', { tools: [{ type: 'function' }, { type: 'custom' }] }, 'hi', 0, false],
    ['tools of the backend', search, 'hi', 0, true],
    ['a prompt that is kept there', { prompt: { id: 'pmpt_1' } }, [], 0, true],
  ])('of %s', (_what, values, input, mediaParts, grows) => {
    const size = responsePromptSize(values, input, JSON.stringify(input).length);
    expect(size).toMatchObject({ mediaParts, grows });
    expect(size.textBytes).toBeLessThan(200);
  });
});
