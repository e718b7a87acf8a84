import { type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';

/**
 * How the exchange ended: `finished` – the answer was handed to the network whole; `aborted` – the
 * caller left before; `cut` – the upstream itself broke off.
 */
export type Outcome = 'open' | 'finished' | 'aborted' | 'cut';

/** One request as the upstream saw it, and what became of its answer. */
export class RecordedRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Resolves when the caller has left before the answer was complete, else never. */
  readonly aborted: Promise<void>;
  /** Resolves when the whole answer was handed to the network, else never. */
  readonly finished: Promise<void>;
  /** Resolves however the exchange ends. */
  readonly closed: Promise<Outcome>;
  outcome: Outcome = 'open';
  /** The tokens of output that were sent, whatever the answer's `usage` says of them. */
  tokensServed = 0;
  private isCut = false;

  constructor(
    request: IncomingMessage,
    private readonly response: ServerResponse,
    /** The body as it came. */
    readonly bytes: Buffer,
  ) {
    this.method = request.method ?? '';
    this.path = request.url ?? '';
    this.headers = request.headers;
    this.closed = new Promise((resolve) => {
      response.once('close', () => {
        this.outcome = response.writableFinished ? 'finished' : this.isCut ? 'cut' : 'aborted';
        resolve(this.outcome);
      });
    });
    this.finished = this.when('finished');
    this.aborted = this.when('aborted');
  }

  /** The body, parsed; undefined if it is not JSON. */
  get json(): Record<string, unknown> | undefined {
    try {
      return JSON.parse(this.bytes.toString()) as Record<string, unknown>;
    } catch {
      return undefined;
    }
  }

  /** Breaks the connection off with a reset, in the middle of whatever it is. */
  reset(): void {
    this.isCut = true;
    this.response.socket?.resetAndDestroy();
  }

  /** Ends the connection in good order at the level of TCP, with the answer incomplete. */
  hangUp(): void {
    this.isCut = true;
    this.response.socket?.end();
  }

  private async when(outcome: Outcome): Promise<void> {
    if ((await this.closed) !== outcome) await new Promise(() => undefined);
  }
}
