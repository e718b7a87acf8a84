import { Service, signal } from '@angular/core';

import { type ApiError, asApiError, errorFromResponse } from './api-error';
import { type Me } from './schema';
import { sendTelling } from './send-telling';

export interface ApiRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON, but for a form, which goes as it is. */
  body?: unknown;
  /** Beside the usual ones. */
  headers?: Record<string, string>;
  /** Told how much of the body has been sent, from 0 to 1. */
  onProgress?: (share: number) => void;
  /** Ends the request early; then the promise rejects with an AbortError. */
  signal?: AbortSignal;
}

const TIMEOUT_MS = 30_000;

/**
 * Lumen's own API over fetch. Every refusal is thrown as an ApiError; requests that change
 * something carry the session's CSRF token.
 */
@Service()
export class ApiClient {
  /** True from the first request the server answers with 401, until someone signs in again. */
  readonly isSignedOut = signal(false);
  /** How often the server refused because the terms of use are not agreed to. */
  readonly termsRefusals = signal(0);

  private csrfToken: string | null = null;

  /** Tells the client whose session it speaks for. */
  useSession(me: Me | null): void {
    this.csrfToken = me?.csrfToken ?? null;
    this.isSignedOut.set(false);
  }

  get<T>(path: string): Promise<T> {
    return this.json<T>(path, {});
  }

  post<T>(path: string, body?: unknown): Promise<T> {
    return this.json<T>(path, { method: 'POST', body });
  }

  put<T>(path: string, body?: unknown): Promise<T> {
    return this.json<T>(path, { method: 'PUT', body });
  }

  patch<T>(path: string, body?: unknown): Promise<T> {
    return this.json<T>(path, { method: 'PATCH', body });
  }

  delete<T = void>(path: string): Promise<T> {
    return this.json<T>(path, { method: 'DELETE' });
  }

  /** The raw answer, for streams. Has no deadline of its own: the caller's signal ends it. */
  async send(path: string, request: ApiRequest): Promise<Response> {
    try {
      return await this.attempt(path, request);
    } catch (cause) {
      if (request.signal?.aborted) throw cause;
      const error = asApiError(cause);
      if (error.code !== 'csrf_token_invalid') throw error;
      await this.renewCsrfToken();
      return await this.attempt(path, request).catch((again: unknown) => {
        throw asApiError(again);
      });
    }
  }

  private async json<T>(path: string, request: ApiRequest): Promise<T> {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    try {
      const response = await this.send(path, { ...request, signal });
      return (response.status === 204 ? undefined : await response.json()) as T;
    } catch (cause) {
      throw asApiError(cause);
    }
  }

  private async attempt(path: string, request: ApiRequest): Promise<Response> {
    const method = request.method ?? 'GET';
    const headers = new Headers({ accept: 'application/json', ...request.headers });
    const isForm = request.body instanceof FormData;
    if (request.body !== undefined && !isForm) headers.set('content-type', 'application/json');
    if (method !== 'GET' && this.csrfToken !== null) headers.set('x-csrf-token', this.csrfToken);
    const init = { method, headers, body: bodyOf(request), signal: request.signal ?? null };
    const response = request.onProgress
      ? await sendTelling(path, init, request.onProgress)
      : await fetch(path, { ...init, credentials: 'same-origin', cache: 'no-store' });
    if (!response.ok) throw await this.refusal(response);
    return response;
  }

  private async refusal(response: Response): Promise<ApiError> {
    if (response.status === 401) this.isSignedOut.set(true);
    const error = await errorFromResponse(response);
    if (error.code === 'terms_not_accepted') this.termsRefusals.update((count) => count + 1);
    return error;
  }

  /** Another tab may have started a new session in the same cookie: ask for its token. */
  private async renewCsrfToken(): Promise<void> {
    const me = await this.get<Me>('/api/me');
    this.csrfToken = me.csrfToken;
  }
}

function bodyOf({ body }: ApiRequest): FormData | string | null {
  if (body instanceof FormData) return body;
  return body === undefined ? null : JSON.stringify(body);
}
