import { describe, expect, it } from '@jest/globals';
import { chatPromptSize } from './chat-prompt.js';

const base64 = 'A'.repeat(100_000);
const sizeOf = (messages: unknown[]) =>
  chatPromptSize({}, messages, JSON.stringify(messages).length);

describe('the prompt of a chat completion', () => {
  it.each<[string, unknown[], number]>([
    ['texts', [{ role: 'user', content: 'hi' }], 0],
    ['no messages worth the name', [null, 7, { content: [null, 'x', { type: 7 }] }], 0],
    ['an image', [image(`data:image/png;base64,${base64}`)], 1],
    ['an image elsewhere', [image('https://example.org/a.png')], 1],
    ['a bare image', [{ content: [{ type: 'input_image', input_image: `data:,${base64}` }] }], 1],
    ['audio', [{ content: [{ type: 'input_audio', input_audio: { data: base64 } }] }], 1],
    ['a PDF', [pdf({ file_data: `data:application/pdf;base64,${base64}` })], 4],
    ['a PDF that is kept elsewhere', [pdf({ file_id: 'file_1' })], 10],
    ['a PDF that is none', [{ content: [{ type: 'file' }] }], 10],
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

describe('the prompt of a chat completion grows at the backend', () => {
  const tool = (type: string | undefined) => ({ tools: [{ type: 'function' }, { type }] });
  const none = [{ role: 'user', content: 'hi' }];

  it.each<[string, Record<string, unknown>, unknown[], boolean]>([
    ['words', {}, none, false],
    ['a picture', {}, [image('https://example.org/a.png')], false],
    ['sound', {}, [{ content: [{ type: 'input_audio', input_audio: { data: base64 } }] }], true],
    ['a film', {}, [{ content: [{ type: 'video_url', video_url: { url: 'x' } }] }], true],
    ['a PDF', {}, [pdf({ file_id: 'file_1' })], true],
    ['tools of the caller', tool('custom'), none, false],
    ['no tools', { tools: null }, none, false],
    ['tools of the backend', tool('web_search'), none, true],
    ['tools of Google', tool(undefined), none, true],
    ['a search', { web_search_options: {} }, none, true],
    ['no search', { web_search_options: null }, none, false],
    ['plugins', { plugins: [{ id: 'web' }] }, none, true],
  ])('of %s', (_what, values, messages, grows) => {
    expect(chatPromptSize(values, messages, 500).grows).toBe(grows);
  });
});

function image(url: string): unknown {
  return { role: 'user', content: [{ type: 'image_url', image_url: { url } }] };
}

function pdf(file: object): unknown {
  return { role: 'user', content: [{ type: 'file', file }] };
}
