import { Injectable, inject, signal } from '@angular/core';

import { ApiClient } from '../core/api/api-client';
import { type ApiError, asApiError } from '../core/api/api-error';
import { type ImportResult } from '../core/api/schema';

/** Brings in what another product exported; one file at a time. */
@Injectable()
export class ChatImport {
  private readonly api = inject(ApiClient);
  private abort: AbortController | null = null;

  /** Name of the file that is being brought in; null while none is. */
  readonly file = signal<string | null>(null);
  /** How much of it was sent, from 0 to 1. */
  readonly sent = signal(0);
  readonly result = signal<ImportResult | null>(null);
  readonly failure = signal<ApiError | null>(null);

  /** Resolves with whether it was brought in. Never throws: `failure` says why not. */
  async take(file: File): Promise<boolean> {
    if (this.file() !== null) return false;
    const abort = new AbortController();
    this.abort = abort;
    this.file.set(file.name);
    this.sent.set(0);
    this.result.set(null);
    this.failure.set(null);
    try {
      this.result.set(await this.send(file, abort.signal));
      return true;
    } catch (cause) {
      if (!abort.signal.aborted) this.failure.set(asApiError(cause));
      return false;
    } finally {
      this.file.set(null);
    }
  }

  cancel(): void {
    this.abort?.abort();
  }

  private async send(file: File, signal: AbortSignal): Promise<ImportResult> {
    const body = new FormData();
    body.append('file', file, file.name);
    const response = await this.api.send('/chat/imports', {
      method: 'POST',
      body,
      signal,
      onProgress: (share) => this.sent.set(share),
    });
    return (await response.json()) as ImportResult;
  }
}
