import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { JsonUsageReader, NO_USAGE, StreamUsageReader, usageFrom } from './usage-reader.js';

const USAGE =
  '{"prompt_tokens":3,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":2}}';
const READ = { promptTokens: 3, completionTokens: 5, cachedTokens: 2, reasoningTokens: null };

describe('StreamUsageReader', () => {
  const stream = [
    'data: {"choices":[{"delta":{"content":"the word \\"usage\\" in text"}}],"usage":null}\n\n',
    ': keep-alive\n\n',
    `data: {"choices":[],"usage":${USAGE}}\n\n`,
    'data: [DONE]\n\n',
  ].join('');

  it('reads the last usage, however the bytes are cut', () => {
    const bytes = Buffer.from(stream);
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 20 }), (cuts) => {
        const reader = new StreamUsageReader();
        let from = 0;
        for (const cut of [...cuts.sort((a, b) => a - b), bytes.length]) {
          reader.observe(bytes.subarray(from, cut));
          from = cut;
        }
        expect(reader.result()).toEqual(READ);
      }),
    );
  });

  it('reads a last line that has no end', () => {
    const reader = new StreamUsageReader();
    reader.observe(Buffer.from(`data: {"usage":${USAGE}}`));
    expect(reader.result()).toEqual(READ);
  });

  it.each([
    '',
    'data: [DONE]\n\n',
    'data: {"usage":\n\n',
    'data: {"usage":null}\n\n',
    '<html>"usage"</html>\n',
  ])('finds none in %j', (text) => {
    const reader = new StreamUsageReader();
    reader.observe(Buffer.from(text));
    expect(reader.result()).toEqual(NO_USAGE);
  });

  it('keeps no more than it must of a line without end', () => {
    const reader = new StreamUsageReader();
    for (let sent = 0; sent < 12; sent += 1) reader.observe(Buffer.alloc(1024 * 1024, 'x'));
    reader.observe(Buffer.from(`\ndata: {"usage":${USAGE}}\n\n`));
    expect(reader.result()).toEqual(READ);
  });
});

describe('JsonUsageReader', () => {
  it('reads the usage of a whole answer', () => {
    const reader = new JsonUsageReader();
    reader.observe(Buffer.from(`{"choices":[{"message":{"content":"\\"usage\\":{}"}}],"usage"`));
    reader.observe(Buffer.from(`:${USAGE}}`));
    expect(reader.result()).toEqual(READ);
  });

  it('reads the usage at the end of an answer too long to keep', () => {
    const reader = new JsonUsageReader();
    reader.observe(Buffer.from('{"choices":["'));
    for (let sent = 0; sent < 6; sent += 1) reader.observe(Buffer.alloc(1024 * 1024, 'x'));
    reader.observe(Buffer.from(`"],"usage": ${USAGE},"service_tier":"default"}`));
    expect(reader.result()).toEqual(READ);
  });

  it.each(['', '[]', 'null', '{}', '{"usage":7}', '{"usage"'])('finds none in %j', (text) => {
    const reader = new JsonUsageReader();
    reader.observe(Buffer.from(text));
    expect(reader.result()).toEqual(NO_USAGE);
  });
});

describe('usageFrom', () => {
  it.each([
    [{ prompt_tokens: -1, completion_tokens: 1.5 }],
    [{ prompt_tokens: '3', completion_tokens: Number.MAX_SAFE_INTEGER + 1 }],
    [{ prompt_tokens: null, prompt_tokens_details: 7, completion_tokens_details: null }],
  ])('takes nothing from the lie %j', (usage) => {
    expect(usageFrom(usage)).toEqual(NO_USAGE);
  });

  it('tells zero from nothing', () => {
    expect(usageFrom({ prompt_tokens: 0, completion_tokens: 0 })).toMatchObject({
      promptTokens: 0,
      completionTokens: 0,
    });
  });
});
