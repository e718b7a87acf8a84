/**
 * The backend, in a process of its own: it answers every completion at once and with the same bytes,
 * or with a stream whose frames leave one an event-loop turn.
 */
import { createServer, type ServerResponse } from 'node:http';
import { COMPLETION, DONE, FRAME_LIST } from './exchange.ts';
import { announce } from './parent.ts';

const IS_STREAM = '"stream":true';

const server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    if (Buffer.concat(chunks).includes(IS_STREAM)) stream(response);
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
    if (response.write(frame)) setImmediate(send);
    else response.once('drain', send);
  };
  send();
}

announce(server);
