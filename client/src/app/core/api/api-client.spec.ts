import { TestBed } from '@angular/core/testing';

import { FakeServer, json, refusal } from '../../../testing/fake-server';
import { aMe } from '../../../testing/fixtures';
import { ApiClient } from './api-client';
import { ApiError } from './api-error';

describe('ApiClient', () => {
  let server: FakeServer;
  let api: ApiClient;

  beforeEach(() => {
    server = new FakeServer();
    api = TestBed.inject(ApiClient);
    api.useSession(aMe());
  });

  it('carries the CSRF token on what changes something, and only there', async () => {
    server.on('GET /api/keys', () => json({ keys: [] })).on('POST /api/keys', () => json({}, 201));
    await api.get('/api/keys');
    await api.post('/api/keys', { name: 'x' });
    expect(server.seen.map(({ headers }) => headers.get('x-csrf-token'))).toEqual([
      null,
      'token-1',
    ]);
    expect(server.seen[1]?.body).toEqual({ name: 'x' });
  });

  it('takes an answer without content', async () => {
    server.on('DELETE /api/keys/1', () => json(null, 204));
    await expect(api.delete('/api/keys/1')).resolves.toBeUndefined();
  });

  it('fetches a new CSRF token once and repeats the request', async () => {
    server
      .on('GET /api/me', () => json(aMe({ csrfToken: 'token-2' })))
      .on('POST /logout', ({ headers }) =>
        headers.get('x-csrf-token') === 'token-2'
          ? json(null, 204)
          : refusal(403, 'csrf_token_invalid'),
      );
    await api.post('/logout');
    expect(server.seen.map(({ path }) => path)).toEqual(['/logout', '/api/me', '/logout']);
  });

  it('gives up when the new token is refused as well', async () => {
    server
      .on('GET /api/me', () => json(aMe()))
      .on('POST /logout', () => refusal(403, 'csrf_token_invalid'));
    await expect(api.post('/logout')).rejects.toMatchObject({ code: 'csrf_token_invalid' });
    expect(server.seen).toHaveLength(3);
  });

  it('notices that the session has ended', async () => {
    server.on('GET /api/keys', () => refusal(401, 'not_signed_in'));
    await expect(api.get('/api/keys')).rejects.toBeInstanceOf(ApiError);
    expect(api.isSignedOut()).toBe(true);
    api.useSession(aMe());
    expect(api.isSignedOut()).toBe(false);
  });

  it('reports a lost connection as an ApiError', async () => {
    await expect(api.get('/api/nowhere')).rejects.toMatchObject({
      status: 0,
      code: 'network_error',
    });
  });
});
