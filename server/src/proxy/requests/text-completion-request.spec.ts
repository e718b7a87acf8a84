import { describe, expect, it } from '@jest/globals';
import { type AppError } from '../../infrastructure/errors/app-error.js';
import { type ModelEndpoint } from '../../models/index.js';
import { readTextCompletionRequest } from './text-completion-request.js';

const ENDPOINT = { upstreamModel: 'm', url: 'https://api.openai.com/v1' } as ModelEndpoint;
const read = (text: string) => readTextCompletionRequest(JSON.parse(text), Buffer.from(text));
const sent = (text: string, limit: number | null = null) =>
  (read(text).toBackend(ENDPOINT, limit).body as Buffer).toString();

describe('readTextCompletionRequest', () => {
  it.each([
    ['"prompt":"Once"', { limit: 16, choices: 1 }],
    ['"prompt":["a","b","c"]', { limit: 16, choices: 3 }],
    ['"prompt":["a","b"],"n":3,"max_tokens":5', { limit: 5, choices: 6 }],
    ['"prompt":["a","b"],"n":2,"best_of":4,"max_tokens":5', { limit: 5, choices: 8 }],
    ['"prompt":[1,2,3],"max_tokens":null', { limit: null, choices: 1 }],
    ['"prompt":[[1,2],[3]],"max_tokens":0', { limit: 1, choices: 2 }],
    ['"prompt":"a","max_completion_tokens":9', { limit: 16, choices: 1 }],
    ['"prompt":"a","stream":true,"best_of":1', { limit: 16, choices: 1 }],
  ])('reads what may be written of %s', (fields, output) => {
    expect(read(`{"model":"m",${fields}}`).output).toEqual(output);
  });

  it.each([
    ['"prompt":[1,2,3]', { textBytes: 0, messages: 0, knownTokens: 3 }],
    ['"prompt":[[1,2],[3]],"suffix":"äö"', { textBytes: 4, messages: 0, knownTokens: 3 }],
    ['"prompt":["a","b"]', { textBytes: 32, messages: 2 }],
    ['"prompt":""', { textBytes: 25, messages: 1 }],
  ])('measures %s', (fields, size) => {
    expect(read(`{"model":"m",${fields}}`).prompt).toEqual({ mediaParts: 0, ...size });
  });

  it('makes room for a prompt that comes again in a stream, and tells the backend of none', () => {
    const text = '{"model":"m","prompt":[1,2,3,4],"echo":true,"stream":true,"max_tokens":10}';
    expect(read(text).output).toEqual({ limit: 14, choices: 1 });
    expect(sent(text, 9)).toContain('"max_tokens":5');
    expect(sent(text, 2)).toContain('"max_tokens":1');
  });

  it('counts only what was written where the answer repeats the prompt', () => {
    const prompt = 'p'.repeat(400);
    const text = JSON.stringify({ model: 'm', prompt, echo: true, max_tokens: 5 });
    const answer = JSON.stringify({ choices: [{ text: `${prompt}${'a'.repeat(400)}` }] });
    const { dialect } = read(text).toBackend(ENDPOINT, null);
    expect(dialect.count(answer)).toBeGreaterThan(80);
    expect(dialect.count(answer)).toBeLessThan(110);
  });

  it.each([
    ['{"prompt":"a","model":"m"}', null, '{"max_tokens":16,"prompt":"a","model":"m"}'],
    ['{"prompt":"a","max_tokens":null}', null, '{"model":"m","prompt":"a","max_tokens":null}'],
    ['{"prompt":"a","max_tokens":null}', 7, '{"model":"m","prompt":"a","max_tokens":7}'],
    ['{"prompt":"a","model":"m","max_tokens":0}', 1, '{"prompt":"a","model":"m","max_tokens":0}'],
    ['{"prompt":"a","model":"m","max_tokens":90}', 7, '{"prompt":"a","model":"m","max_tokens":7}'],
  ])('tells the backend a limit: %s', (text, limit, expected) => {
    expect(sent(text, limit)).toBe(expected);
  });

  it.each([
    ['"model":"m"', 'missing_field', 'prompt'],
    ['"prompt":null', 'missing_field', 'prompt'],
    ['"prompt":7', 'invalid_request', 'prompt'],
    ['"prompt":{}', 'invalid_request', 'prompt'],
    ['"prompt":[]', 'invalid_request', 'prompt'],
    ['"prompt":[[]]', 'invalid_request', 'prompt'],
    ['"prompt":["a",1]', 'invalid_request', 'prompt'],
    ['"prompt":[1,"a"]', 'invalid_request', 'prompt'],
    ['"prompt":[1.5]', 'invalid_request', 'prompt'],
    ['"prompt":[-1]', 'invalid_request', 'prompt'],
    ['"prompt":[null]', 'invalid_request', 'prompt'],
    ['"prompt":[[1],["a"]]', 'invalid_request', 'prompt'],
    [`"prompt":${JSON.stringify(Array(2_049).fill('a'))}`, 'invalid_request', 'prompt'],
    [`"prompt":${JSON.stringify(Array(100).fill('a'))},"n":21`, 'invalid_request', 'prompt'],
    ['"prompt":"a","n":0', 'invalid_request', 'n'],
    ['"prompt":"a","best_of":"2"', 'invalid_request', 'best_of'],
    ['"prompt":"a","n":3,"best_of":2', 'invalid_request', 'best_of'],
    ['"prompt":"a","stream":true,"best_of":2', 'invalid_request', 'best_of'],
    ['"prompt":"a","max_tokens":-1', 'invalid_request', 'max_tokens'],
    ['"prompt":"a","echo":"yes"', 'invalid_request', 'echo'],
    ['"prompt":"a","stream":1', 'invalid_request', 'stream'],
    ['"prompt":"a","stream":true,"stream_options":[]', 'invalid_request', 'stream_options'],
    ['"prompt":"a","model":[]', 'invalid_request', 'model'],
    ['"prompt":"a","prompt":"b"', 'invalid_request', 'prompt'],
  ])('refuses %s with %s', (fields, code, param) => {
    expect(refusalOf(() => read(`{${fields}}`))).toMatchObject({ code, param });
  });
});

function refusalOf(work: () => unknown): AppError | null {
  try {
    work();
    return null;
  } catch (error) {
    return error as AppError;
  }
}
