import { describe, expect, it } from '@jest/globals';
import { AppError } from '../infrastructure/errors/app-error.js';
import { bytesForModel, readChatRequest } from './completion-request.js';

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

  it.each([
    ['[]', 'invalid_request', undefined],
    ['null', 'invalid_request', undefined],
    ['"text"', 'invalid_request', undefined],
    [`{${MESSAGES}}`, 'missing_field', 'model'],
    [`{"model":"",${MESSAGES}}`, 'missing_field', 'model'],
    [`{"model":7,${MESSAGES}}`, 'invalid_request', 'model'],
    [`{"model":"${'m'.repeat(257)}",${MESSAGES}}`, 'invalid_request', 'model'],
    ['{"model":"m"}', 'missing_field', 'messages'],
    ['{"model":"m","messages":[]}', 'invalid_request', 'messages'],
    ['{"model":"m","messages":"hi"}', 'invalid_request', 'messages'],
    [`{"model":"m",${MESSAGES},"stream":"yes"}`, 'invalid_request', 'stream'],
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

describe('bytesForModel', () => {
  const text = `{ "seed": 9007199254740993, "model" : "alias", ${MESSAGES} }`;

  it('sends the very same bytes when the name is the same', () => {
    const request = read(text);
    expect(bytesForModel(request, 'alias')).toBe(request.bytes);
  });

  it('changes the name alone', () => {
    expect(bytesForModel(read(text), 'real"name').toString()).toBe(
      text.replace('"alias"', '"real\\"name"'),
    );
  });
});
