/**
 * The backend of streams that stay open, in a process of its own: each gets a numbered frame every
 * second, spread evenly over the second, until the parent says `finish`.
 */
import { createServer, type ServerResponse } from 'node:http';
import { announce } from '../parent.ts';
import { DONE, frame } from './exchange.ts';

const TURNS = 50;
const TURN_MS = 1_000 / TURNS;

interface Open {
  response: ServerResponse;
  sent: number;
}

const turns: Set<Open>[] = Array.from({ length: TURNS }, () => new Set());
let count = 0;
let turn = 0;

const server = createServer(
  { keepAliveTimeout: 600_000, requestTimeout: 0 },
  (request, response) => {
    request.resume();
    request.on('end', () => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const open = { response, sent: 0 };
      const mine = turns[count % TURNS]!;
      count += 1;
      mine.add(open);
      response.on('close', () => mine.delete(open));
      send(open, false);
    });
  },
);

function send(open: Open, isLast: boolean): void {
  open.response.write(frame(open.sent, isLast));
  open.sent += 1;
}

setInterval(() => {
  turn = (turn + 1) % TURNS;
  for (const open of turns[turn]!) send(open, false);
}, TURN_MS);

process.on('message', (message) => {
  if (message !== 'finish') return;
  for (const open of turns.flatMap((streams) => [...streams])) {
    send(open, true);
    open.response.end(DONE);
  }
  for (const streams of turns) streams.clear();
  process.send?.('finished');
});

announce(server);
