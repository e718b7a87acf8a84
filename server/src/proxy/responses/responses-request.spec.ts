import { describe, expect, it } from '@jest/globals';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { type ModelEndpoint } from '../../models/index.js';
import { readResponsesRequest } from './responses-request.js';

const read = (text: string) => readResponsesRequest(JSON.parse(text), Buffer.from(text));
const endpoint = (nativeApis: ModelEndpoint['nativeApis']) =>
  ({ url: 'http://b/v1', upstreamModel: 'up', nativeApis }) as ModelEndpoint;
const sentTo = (apis: ModelEndpoint['nativeApis'], text: string, limit: number | null = null) => {
  const { path, body } = read(text).toBackend(endpoint(apis), limit);
  return { path, body: (body as Buffer).toString() };
};

describe('readResponsesRequest', () => {
  it('reads what Lumen decides by', () => {
    const text =
      '{"model":"m","input":[{"role":"user","content":[{"type":"input_text","text":"hi"},' +
      '{"type":"input_image","image_url":"data:image/png;base64,AAAA"}]}],' +
      '"stream":true,"max_output_tokens":20,"prompt_cache_key":"k"}';
    const image = 'data:image/png;base64,AAAA'.length;
    expect(read(text)).toMatchObject({
      model: 'm',
      isStream: true,
      wantsUsage: true,
      output: { limit: 20, choices: 1 },
      prompt: { textBytes: text.length - image, messages: 1, mediaParts: 1 },
      affinityKey: 'k',
    });
  });

  it.each<[string, string, string | undefined]>([
    ['a text', '"hi"', undefined],
    ['nothing', '{"model":"m"}', 'input'],
    ['no items', '{"input":[]}', 'input'],
    ['a number', '{"input":3}', 'input'],
    ['an item that is a text', '{"input":["x"]}', 'input[0]'],
    ['a type that is none', '{"input":[{"type":3}]}', 'input[0]'],
    ['a reference', '{"input":[{"type":"item_reference","id":"msg_1"}]}', 'input[0]'],
    ['a bare id', '{"input":[{"id":"msg_1"}]}', 'input[0]'],
    ['a model that is none', '{"model":3,"input":"x"}', 'model'],
    ['a stream that is none', '{"input":"x","stream":"yes"}', 'stream'],
    ['a store that is none', '{"input":"x","store":1}', 'store'],
    ['instructions that are none', '{"input":"x","instructions":[]}', 'instructions'],
    ['tools that are none', '{"input":"x","tools":{}}', 'tools'],
    ['a limit that is none', '{"input":"x","max_output_tokens":"9"}', 'max_output_tokens'],
    ['a limit of 0', '{"input":"x","max_output_tokens":0}', 'max_output_tokens'],
    ['a limit without an end', '{"input":"x","max_output_tokens":1e300}', 'max_output_tokens'],
    ['a memory', '{"input":"x","previous_response_id":"resp_1"}', 'previous_response_id'],
    ['a conversation', '{"input":"x","conversation":{"id":"c"}}', 'conversation'],
    ['background', '{"input":"x","background":true}', 'background'],
    ['fields twice', '{"input":"x","store":false,"store":true}', 'store'],
  ])('refuses %s', (_what, text, param) => {
    expect.assertions(2);
    try {
      read(text);
    } catch (error) {
      expect(error).toBeInstanceOf(AppError);
      expect(error).toMatchObject({ status: 400, param });
    }
  });

  describe('where the backend speaks it too', () => {
    it.each([
      ['{"model":"m", "input":"ü"}', null, '{"store":false,"model":"up", "input":"ü"}'],
      ['{"model":"up","input":"x","store":false}', null, null],
      [
        '{"input":"x","model":"m","store": true,"a":[1.0]}',
        9,
        '{"max_output_tokens":9,"input":"x","model":"up","store": false,"a":[1.0]}',
      ],
      [
        '{"model":"up","input":"x","store":null,"max_output_tokens":20}',
        9,
        '{"model":"up","input":"x","store":false,"max_output_tokens":9}',
      ],
      [
        '{"model":"up","input":"x","store":false,"max_output_tokens":5,"background":false}',
        9,
        null,
      ],
      [
        '{"model":"up","prompt":{"id":"p"},"store":false,"tools":[{"type":"web_search"}]}',
        null,
        null,
      ],
    ])('changes no more of %s than it must', (text, limit, expected) => {
      expect(sentTo(['responses'], text, limit)).toEqual({
        path: 'responses',
        body: expected ?? text,
      });
    });
  });

  describe('where it does not', () => {
    it.each([
      ['the limit of the caller', 20, null, 20],
      ['what is held', 20, 9, 9],
      ['what is held where the caller has none', null, 9, 9],
    ])('sends a chat completion with %s', (_what, own, held, sent) => {
      const text = `{"model":"m","input":"x","max_output_tokens":${own}}`;
      const { path, body } = sentTo([], text, held);
      expect(path).toBe('chat/completions');
      expect(JSON.parse(body)).toEqual({
        model: 'up',
        messages: [{ role: 'user', content: 'x' }],
        max_tokens: sent,
      });
    });

    it('copes with many items', () => {
      const input = Array.from({ length: 50_000 }, () => ({ role: 'developer', content: 'x' }));
      const { body } = sentTo([], JSON.stringify({ model: 'm', input }));
      expect(body.length).toBeGreaterThan(100_000);
    });
  });
});
