import { type IncomingMessage } from 'node:http';
import { RequestError } from './request-error.ts';

const LIMIT_MB = 20;
const LIMIT_BYTES = LIMIT_MB * 2 ** 20;

/** The bytes of a request's body; a RequestError if there are more than 20 MB. */
export function readBytes(request: IncomingMessage): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > LIMIT_BYTES)
    return Promise.reject(tooLarge());
  const chunks: Buffer[] = [];
  let size = 0;
  // Not for await: leaving such a loop destroys the connection before it has carried the refusal.
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= LIMIT_BYTES) chunks.push(chunk);
      else reject(tooLarge());
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
  });
}

function tooLarge(): RequestError {
  const message = `The body is larger than ${LIMIT_MB} MB.`;
  return new RequestError(message, { status: 413, code: 'body_too_large' });
}
