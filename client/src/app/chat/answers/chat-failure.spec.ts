import { ApiError } from '../../core/api/api-error';
import { chatFailure } from './chat-failure';

describe('chatFailure', () => {
  it.each([
    [0, 'network_error', 'network'],
    [0, 'stream_broken', 'network'],
    [400, 'x', 'refused'],
    [400, 'context_length_exceeded', 'tooLong'],
    [401, 'x', 'signedOut'],
    [402, 'x', 'budget'],
    [403, 'x', 'forbidden'],
    [404, 'x', 'notFound'],
    [413, 'x', 'tooLong'],
    [429, 'x', 'rateLimit'],
    [429, 'budget_exceeded', 'budget'],
    [429, 'insufficient_quota', 'budget'],
    [500, 'x', 'server'],
    [503, 'x', 'unavailable'],
    [418, 'x', 'refused'],
    [599, 'x', 'server'],
  ])('%i %s is %s', (status, code, kind) => {
    expect(chatFailure(new ApiError(status, code, '')).kind).toBe(kind);
  });

  it('says when trying again makes sense', () => {
    const error = new ApiError(429, 'x', 'Wait.', 'r-1', 5);
    expect(chatFailure(error, 1000)).toEqual({
      kind: 'rateLimit',
      message: 'Wait.',
      requestId: 'r-1',
      retryAt: 6000,
    });
  });
});
