import { type IncomingHttpHeaders } from 'node:http';

const MOST_BYTES = 64 * 1024;

export interface RefusedOutcome {
  readonly kind: 'refused';
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A backend's answer that is no success, as far as somebody will read it. */
export class KeptRefusal {
  private readonly chunks: Buffer[] = [];
  private length = 0;

  constructor(
    private readonly status: number,
    private readonly headers: IncomingHttpHeaders,
  ) {}

  /** False: that was enough of it. */
  take(chunk: Buffer): boolean {
    const kept = chunk.subarray(0, MOST_BYTES - this.length);
    this.chunks.push(kept);
    this.length += kept.length;
    return this.length < MOST_BYTES;
  }

  get outcome(): RefusedOutcome {
    const { status, headers, chunks } = this;
    return { kind: 'refused', status, headers, body: Buffer.concat(chunks) };
  }
}
