import { createParser } from 'eventsource-parser';

export interface ReadEvent {
  readonly event: string;
  readonly id: string;
  readonly data: unknown;
}

/** Reads server-sent events, one by one or to their end. */
export class EventReader {
  readonly events: ReadEvent[] = [];
  private readonly reader: ReadableStreamDefaultReader<Uint8Array>;
  private readonly decoder = new TextDecoder();
  private readonly parser = createParser({
    onEvent: ({ event = 'message', id = '', data }) =>
      this.events.push({ event, id, data: JSON.parse(data) as unknown }),
  });
  private taken = 0;
  private isOver = false;

  constructor(
    body: ReadableStream<Uint8Array>,
    private readonly leaving: AbortController,
  ) {
    this.reader = body.getReader();
  }

  /** The next event; null: the stream has ended, or broke. */
  async next(): Promise<ReadEvent | null> {
    while (this.taken === this.events.length && !this.isOver) await this.read();
    const event = this.events[this.taken];
    if (event) this.taken += 1;
    return event ?? null;
  }

  /** The first event from here on that is so; rejects when the stream ends before. */
  async find(isWanted: (event: ReadEvent) => boolean): Promise<ReadEvent> {
    for (let event = await this.next(); event; event = await this.next()) {
      if (isWanted(event)) return event;
    }
    throw new Error(`No such event: ${JSON.stringify(this.events)}`);
  }

  /** All events from here to the end. */
  async rest(): Promise<ReadEvent[]> {
    const from = this.taken;
    while (await this.next());
    return this.events.slice(from);
  }

  /** Breaks the connection. */
  leave(): void {
    this.leaving.abort();
  }

  private async read(): Promise<void> {
    const next = await this.reader.read().catch(() => ({ done: true, value: undefined }));
    if (next.value) this.parser.feed(this.decoder.decode(next.value, { stream: true }));
    this.isOver = next.done;
  }
}
