import { describe, expect, it } from '@jest/globals';
import { AppError } from './app-error.js';
import { type ErrorCode } from './error-codes.js';
import { anthropicTypeOf, envelopeFor } from './error-envelope.js';

const ERROR = new AppError('model_not_found', 'No such model.', { param: 'model' });
const openAi = {
  error: {
    message: 'No such model.',
    type: 'invalid_request_error',
    param: 'model',
    code: 'model_not_found',
  },
};
const anthropic = {
  type: 'error',
  error: { type: 'not_found_error', message: 'No such model.' },
  request_id: 'r-1',
};
const lumen = { error: { code: 'model_not_found', message: 'No such model.', requestId: 'r-1' } };

describe('the envelope of an error', () => {
  it.each<[string, object]>([
    ['/v1/chat/completions', openAi],
    ['/v1/messages', anthropic],
    ['/v1/messages?beta=true', anthropic],
    ['/v1/messages/count_tokens', anthropic],
    ['/v1/messagesx', openAi],
    ['/v1', openAi],
    ['/api/v1/messages', lumen],
    ['/chat/completions', lumen],
  ])('at %s', (path, envelope) => {
    expect(envelopeFor(path, ERROR, 'r-1')).toEqual(envelope);
  });

  it.each<[ErrorCode, string]>([
    ['invalid_json', 'invalid_request_error'],
    ['missing_field', 'invalid_request_error'],
    ['unsupported_media_type', 'invalid_request_error'],
    ['body_too_large', 'request_too_large'],
    ['api_key_invalid', 'authentication_error'],
    ['permission_denied', 'permission_error'],
    ['acknowledgement_required', 'permission_error'],
    ['budget_missing', 'permission_error'],
    ['not_found', 'not_found_error'],
    ['rate_limit_exceeded', 'rate_limit_error'],
    ['budget_exceeded', 'rate_limit_error'],
    ['overloaded', 'overloaded_error'],
    ['upstream_overloaded', 'overloaded_error'],
    ['upstream_timeout', 'api_error'],
    ['model_unavailable', 'api_error'],
    ['internal_error', 'api_error'],
  ])('calls %s what Anthropic calls it', (code, type) => {
    expect(anthropicTypeOf(code)).toBe(type);
  });

  it('goes by the status that is answered', () => {
    expect(anthropicTypeOf('upstream_request_refused', 422)).toBe('invalid_request_error');
    expect(anthropicTypeOf('upstream_request_refused', 404)).toBe('not_found_error');
  });
});
