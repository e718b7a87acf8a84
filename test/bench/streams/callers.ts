/** The callers of streams that stay open, in a process of their own. Each reads every frame's number. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { endWithParent } from '../parent.ts';
import { type CallersJob, REQUEST, type StreamsResult } from './exchange.ts';

const AT_ONCE = 100;
const SEQUENCE = /"sequence":(\d+)/g;
const LAST = '"finish_reason":"stop"';
const DONE = '[DONE]';

/** What one caller has seen. */
class Stream {
  frames = 0;
  lost = 0;
  reordered = 0;
  private next = 0;
  private rest = '';
  private hasLast = false;
  private isDone = false;
  readonly begun = Promise.withResolvers<void>();
  readonly ended = Promise.withResolvers<void>();

  get isWhole(): boolean {
    return this.hasLast && this.isDone;
  }

  read(bytes: Buffer): void {
    const text = this.rest + bytes.toString('latin1');
    const end = text.lastIndexOf('\n') + 1;
    this.rest = text.slice(end);
    const lines = text.slice(0, end);
    for (const [, sequence] of lines.matchAll(SEQUENCE)) this.count(Number(sequence));
    if (lines.includes(LAST)) this.hasLast = true;
    if (lines.includes(DONE)) {
      this.isDone = true;
      this.ended.resolve();
    }
  }

  private count(sequence: number): void {
    this.frames += 1;
    if (sequence < this.next) this.reordered += 1;
    else this.lost += sequence - this.next;
    this.next = Math.max(this.next, sequence + 1);
    this.begun.resolve();
  }
}

let streams: Stream[] = [];

async function open(origin: string, key: string): Promise<Stream> {
  const { hostname, port, host } = new URL(origin);
  const socket = connect(Number(port), hostname);
  const stream = new Stream();
  socket.on('data', (bytes: Buffer) => stream.read(bytes));
  const leave = (error?: unknown): void => {
    stream.begun.reject(error instanceof Error ? error : new Error('The stream was not begun.'));
    stream.ended.resolve();
  };
  socket.on('error', leave);
  socket.on('close', leave);
  void stream.ended.promise.then(() => socket.destroy());
  await once(socket, 'connect');
  const head = [
    'POST /v1/chat/completions HTTP/1.1',
    `host: ${host}`,
    `authorization: Bearer ${key}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(REQUEST)}`,
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n${REQUEST}`);
  await stream.begun.promise;
  return stream;
}

async function openAll({ origin, key, streams: count }: Extract<CallersJob, { kind: 'open' }>) {
  streams = [];
  while (streams.length < count) {
    const wave = Array.from({ length: Math.min(AT_ONCE, count - streams.length) }, () =>
      open(origin, key),
    );
    streams.push(...(await Promise.all(wave)));
  }
  return 'opened';
}

async function awaitEnd(): Promise<StreamsResult> {
  await Promise.all(streams.map(({ ended }) => ended.promise));
  const sum = (figure: (stream: Stream) => number): number =>
    streams.reduce((total, stream) => total + figure(stream), 0);
  return {
    streams: streams.length,
    frames: sum(({ frames }) => frames),
    lost: sum(({ lost }) => lost),
    reordered: sum(({ reordered }) => reordered),
    cut: sum(({ isWhole }) => (isWhole ? 0 : 1)),
  };
}

endWithParent();
process.on('message', (job: CallersJob) => {
  void (job.kind === 'open' ? openAll(job) : awaitEnd())
    .then((result) => ({ result }))
    .catch((error: unknown) => ({ error: String(error) }))
    .then((outcome) => process.send?.(outcome));
});
