/**
 * What Lumen is measured against, in a process of its own: the least that still relays. node:http
 * takes the request, undici sends it on, the answer's bytes pass through at the caller's speed. No
 * key is checked, no body is read, nothing is written down.
 */
import { createServer, type ServerResponse } from 'node:http';
import { type Dispatcher, Pool } from 'undici';
import { announce } from './parent.ts';

const [origin, connections = '256'] = process.argv.slice(2);
if (!origin) throw new Error('Name the origin of the backend.');
const pool = new Pool(origin, { connections: Number(connections), pipelining: 1, allowH2: false });

class Relay implements Dispatcher.DispatchHandler {
  private readonly response: ServerResponse;

  constructor(response: ServerResponse) {
    this.response = response;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.response.once('close', () => {
      if (!this.response.writableFinished) controller.abort(new Error('The caller has left.'));
    });
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    const answer: Record<string, string | string[]> = {};
    for (const name of ['content-type', 'content-length']) {
      const value = headers[name];
      if (value !== undefined) answer[name] = value;
    }
    this.response.on('drain', () => controller.resume());
    this.response.writeHead(status, answer);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.response.write(chunk)) controller.pause();
  }

  onResponseEnd(): void {
    this.response.end();
  }

  onResponseError(): void {
    if (this.response.headersSent) this.response.destroy();
    else this.response.writeHead(502).end();
  }
}

const server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const headers = { 'content-type': 'application/json' };
    const body = Buffer.concat(chunks);
    pool.dispatch({ method: 'POST', path: request.url ?? '/', headers, body }, new Relay(response));
  });
});

announce(server);
