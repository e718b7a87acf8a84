import { describe, expect, it } from '@jest/globals';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { readChatRequest } from './chat-request.js';

const read = (text: string) => readChatRequest(JSON.parse(text), Buffer.from(text));
const MESSAGES = '"messages":[{"role":"user","content":"hi"}]';

describe('readChatRequest', () => {
  it.each([
    [`{"model":"m",${MESSAGES}}`, false],
    [`{"model":"m",${MESSAGES},"stream":true,"unknown_field":{"x":1}}`, true],
    [`{"model":"m",${MESSAGES},"stream":null}`, false],
  ])('takes %j', (text, isStream) => {
    expect(read(text)).toMatchObject({ model: 'm', isStream });
  });

  it.each([`{${MESSAGES}}`, `{"model":null,${MESSAGES}}`, `{"model":"",${MESSAGES}}`])(
    'leaves the choice of a model to whoever resolves it: %s',
    (text) => {
      expect(read(text).model).toBe('');
    },
  );

  it.each([
    ['"stream":true,"stream_options":{"include_usage":true}', true],
    ['"stream":true,"stream_options":{"include_usage":false}', false],
    ['"stream":true,"stream_options":null', false],
    ['"stream":true', false],
    ['"stream":false,"stream_options":{"include_usage":true}', false],
  ])('knows whether the usage is asked for: %s', (fields, wantsUsage) => {
    expect(read(`{"model":"m",${MESSAGES},${fields}}`).wantsUsage).toBe(wantsUsage);
  });

  it.each([
    ['"n":null,"max_tokens":null', { limit: null, choices: 1 }],
    ['"n":3,"max_tokens":5', { limit: 5, choices: 3 }],
    ['"max_tokens":5,"max_completion_tokens":9', { limit: 9, choices: 1 }],
  ])('reads the limits of %s', (fields, output) => {
    expect(read(`{"model":"m",${MESSAGES},${fields}}`).output).toEqual(output);
  });

  it.each([
    ['[]', 'invalid_request', undefined],
    ['null', 'invalid_request', undefined],
    ['"text"', 'invalid_request', undefined],
    [`{"model":7,${MESSAGES}}`, 'invalid_request', 'model'],
    [`{"model":"${'m'.repeat(257)}",${MESSAGES}}`, 'invalid_request', 'model'],
    ['{"model":"m"}', 'missing_field', 'messages'],
    ['{"model":"m","messages":[]}', 'invalid_request', 'messages'],
    ['{"model":"m","messages":"hi"}', 'invalid_request', 'messages'],
    [`{"model":"m",${MESSAGES},"stream":"yes"}`, 'invalid_request', 'stream'],
    [
      `{"model":"m",${MESSAGES},"stream":true,"stream_options":7}`,
      'invalid_request',
      'stream_options',
    ],
    [`{"model":"m",${MESSAGES},"max_tokens":0}`, 'invalid_request', 'max_tokens'],
    [`{"model":"m",${MESSAGES},"max_tokens":-5}`, 'invalid_request', 'max_tokens'],
    [`{"model":"m",${MESSAGES},"max_tokens":1.5}`, 'invalid_request', 'max_tokens'],
    [`{"model":"m",${MESSAGES},"max_tokens":"9"}`, 'invalid_request', 'max_tokens'],
    [`{"model":"m",${MESSAGES},"max_tokens":1e300}`, 'invalid_request', 'max_tokens'],
    [
      `{"model":"m",${MESSAGES},"max_completion_tokens":[]}`,
      'invalid_request',
      'max_completion_tokens',
    ],
    [`{"model":"m",${MESSAGES},"n":0}`, 'invalid_request', 'n'],
    [`{"model":"m",${MESSAGES},"n":1000}`, 'invalid_request', 'n'],
    [`{"model":"cheap",${MESSAGES},"model":"dear"}`, 'invalid_request', 'model'],
    [`{"model":"cheap",${MESSAGES},"mod\\u0065l":"dear"}`, 'invalid_request', 'model'],
  ])('refuses %s with %s', (text, code, param) => {
    expect.assertions(3);
    try {
      read(text);
    } catch (error) {
      expect(error).toBeInstanceOf(AppError);
      expect((error as AppError).code).toBe(code);
      expect((error as AppError).param).toBe(param);
    }
  });
});
