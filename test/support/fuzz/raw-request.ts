import { type Agent, type IncomingHttpHeaders, request } from 'node:http';

export interface RawRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: Buffer | null;
}

export interface RawAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

const TIMEOUT_MS = 30_000;

/** Sends a request as it is: `fetch` would tidy up the address first. Rejects if nothing comes. */
export function send(agent: Agent, { method, url, headers, body }: RawRequest): Promise<RawAnswer> {
  const { hostname, port, origin } = new URL(url);
  return new Promise((resolve, reject) => {
    const options = { agent, hostname, port, path: url.slice(origin.length), method };
    const length = body === null ? {} : { 'content-length': String(body.length) };
    const sent = request({ ...options, headers: { ...headers, ...length }, timeout: TIMEOUT_MS });
    sent.on('timeout', () => sent.destroy(new Error(`No answer in ${TIMEOUT_MS} ms`)));
    sent.on('error', reject);
    sent.on('response', (answer) => {
      const chunks: Buffer[] = [];
      const done = () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          text: Buffer.concat(chunks).toString(),
        });
      // Events that somebody listens for come until he leaves.
      if (method === 'GET' && answer.headers['content-type']?.startsWith('text/event-stream')) {
        answer.destroy();
        done();
        return;
      }
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', done);
      answer.on('error', reject);
    });
    sent.end(body ?? undefined);
  });
}
