import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { type Answer, sendStream } from './answer-stream.ts';
import { chatCompletion } from './chat.ts';
import { completion } from './completions.ts';
import { embeddings } from './embeddings.ts';
import { type JsonObject, parseBody } from './fields.ts';
import { readBytes } from './request-body.ts';
import { RequestError } from './request-error.ts';

const MODEL = { id: 'dummy', object: 'model', created: 1_767_225_600, owned_by: 'lumen' };

const GETS = new Map<string, JsonObject>([
  ['/v1/models', { object: 'list', data: [MODEL] }],
  [`/v1/models/${MODEL.id}`, MODEL],
]);

const POSTS = new Map<string, (body: JsonObject) => Answer>([
  ['/v1/chat/completions', chatCompletion],
  ['/v1/completions', completion],
  ['/v1/embeddings', (body) => ({ whole: embeddings(body) })],
]);

/** An OpenAI-compatible server, not listening yet, whose streamed words are `delayMs` apart. */
export function createEchoModel({ delayMs }: { delayMs: number }): Server {
  return createServer((request, response) => {
    void answer(request, response, delayMs).catch((error: unknown) => fail(response, error));
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  delayMs: number,
): Promise<void> {
  const requestId = request.headers['x-request-id'];
  if (requestId !== undefined) response.setHeader('x-request-id', requestId);
  const found = await answerTo(request);
  if ('whole' in found) sendJson(response, 200, found.whole);
  else await sendStream(response, found, delayMs);
}

async function answerTo(request: IncomingMessage): Promise<Answer> {
  const { method = '', url = '' } = request;
  const path = url.split('?', 1)[0]!;
  const whole = method === 'GET' ? GETS.get(path) : undefined;
  if (whole) return { whole };
  const post = method === 'POST' ? POSTS.get(path) : undefined;
  if (post) return post(parseBody(await readBytes(request)));
  if (GETS.has(path) || POSTS.has(path)) {
    throw new RequestError(`${path} does not answer ${method}.`, { status: 405 });
  }
  throw new RequestError(`There is no ${method} ${path}.`, { status: 404, code: 'unknown_url' });
}

function sendJson(response: ServerResponse, status: number, body: JsonObject): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': bytes.length,
  });
  response.end(bytes);
}

function fail(response: ServerResponse, error: unknown): void {
  // The caller is gone, or has part of an answer already: only its connection can tell.
  if (response.destroyed || response.headersSent) {
    response.destroy();
    return;
  }
  const isExpected = error instanceof RequestError;
  if (!isExpected) console.error('The echo model failed:', error);
  const refusal = isExpected
    ? error
    : new RequestError('The echo model failed; see what it printed.', { status: 500 });
  // What is left of a body that is too large is not waited for.
  if (refusal.status === 413) response.setHeader('connection', 'close');
  sendJson(response, refusal.status, refusal.body);
}
