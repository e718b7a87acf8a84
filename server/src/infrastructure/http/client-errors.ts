import { type Socket } from 'node:net';
import { AppError } from '../errors/app-error.js';
import { anyEnvelope } from '../errors/error-envelope.js';
import { newId } from '../crypto/identifiers.js';
import { SECURITY_HEADERS } from './security-headers.js';

const HEADER_LINES = Object.entries(SECURITY_HEADERS)
  .map(([name, value]) => `${name}: ${value}\r\n`)
  .join('');

/** Answers what is not even HTTP, or has headers beyond the limit, before any route could see it. */
export function answerClientErrors(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const requestId = newId();
  const failure = failureOf(error.code);
  const body = JSON.stringify(anyEnvelope(failure, requestId));
  socket.end(
    `HTTP/1.1 ${failure.status} ${failure.code}\r\nconnection: close\r\n` +
      `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n` +
      `${HEADER_LINES}x-request-id: ${requestId}\r\n\r\n${body}`,
  );
}

function failureOf(code: string | undefined): AppError {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return new AppError(
      'headers_too_large',
      'The request headers are larger than this server accepts.',
    );
  }
  return new AppError('invalid_request', 'This is not a request this server understands.');
}
