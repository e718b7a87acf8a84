/**
 * The backend, in a process of its own: it answers every completion at once and with the same bytes,
 * or with a stream: its first frame at once, the others shortly after, one an event-loop turn.
 */
import { createServer, type ServerResponse } from 'node:http';
import { COMPLETION, DONE, FRAME_LIST } from './exchange.ts';
import { announce } from './parent.ts';

const STREAMED = '"stream":true';

/** Without it, this process would keep a core of a small machine from those who relay the first frame. */
const AFTER_FIRST_MS = 2;

const server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    if (Buffer.concat(chunks).includes(STREAMED)) stream(response);
    else complete(response);
  });
});

function complete(response: ServerResponse): void {
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': COMPLETION.length,
  });
  response.end(COMPLETION);
}

function stream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  let next = 0;
  const send = (): void => {
    const frame = FRAME_LIST[next];
    if (!frame) {
      response.end(DONE);
      return;
    }
    next += 1;
    if (!response.write(frame)) response.once('drain', send);
    else if (next === 1) setTimeout(send, AFTER_FIRST_MS);
    else setImmediate(send);
  };
  send();
}

announce(server);
