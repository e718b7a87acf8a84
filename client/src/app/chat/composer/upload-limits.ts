import { Service, inject, signal } from '@angular/core';

import { ApiClient } from '../../core/api/api-client';
import { type ChatOptions, type UploadLimits as Limits } from '../../core/api/schema';
import { type FileProblem, extensionOf } from './attached-file';

/** What the server takes as attachments, as configured now. */
@Service()
export class UploadLimits {
  private readonly api = inject(ApiClient);
  private readonly state = signal<Limits | null>(null);
  private asking: Promise<void> | null = null;

  /** Null until they are known. */
  readonly limits = this.state.asReadonly();

  /** Asks for them, unless that is known or under way. Never throws: the server will refuse. */
  async load(): Promise<void> {
    if (this.state() !== null) return;
    this.asking ??= this.api
      .get<ChatOptions>('/chat/options')
      .then(({ upload }) => this.state.set(upload))
      .catch(() => undefined)
      .finally(() => (this.asking = null));
    await this.asking;
  }

  /** What speaks against a file before it is sent; the server looks into it. */
  problemOf(file: File, countBefore: number): FileProblem | null {
    if (file.size === 0) return { kind: 'empty' };
    const limits = this.state();
    if (limits === null) return null;
    if (countBefore >= limits.maxFiles) return { kind: 'tooMany' };
    if (file.size > limits.maxBytes) return { kind: 'tooLarge' };
    return limits.extensions.includes(extensionOf(file.name)) ? null : { kind: 'type' };
  }
}
