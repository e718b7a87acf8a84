import { AnswerTooLargeError, CallTimedOutError } from '../infrastructure/upstream/bounded-call.js';
import { failureCode } from '../infrastructure/upstream/connection-failure.js';
import { AddressRefusedError } from '../infrastructure/upstream/guarded-connector.js';

/** In the words of whoever has to put it right. */
const WORDS: Record<string, string> = {
  ECONNREFUSED: 'Nothing listens at that address (connection refused)',
  ECONNRESET: 'The backend cut the connection',
  UND_ERR_SOCKET: 'The backend cut the connection',
  ENOTFOUND: 'The name of the host is unknown',
  EAI_AGAIN: 'The name of the host could not be looked up',
  EHOSTUNREACH: 'The host cannot be reached',
  ENETUNREACH: 'The network cannot be reached',
  ETIMEDOUT: 'The host did not accept the connection in time',
  EMFILE: 'Lumen had no file descriptor left to ask with',
  ENFILE: 'Lumen had no file descriptor left to ask with',
  UND_ERR_HEADERS_OVERFLOW: 'The headers of the answer are too large',
  CERT_HAS_EXPIRED: 'The certificate of the backend has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'The certificate of the backend is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'The certificate of the backend is self-signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'The certificate of the backend is from no known authority',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate of the backend is for another host',
};

/** Why a ping got no answer that could be read; `status` is 0 where there was none at all. */
export function pingFailure(
  error: unknown,
  limits: { timeoutMs: number; mostBytes: number },
): { status: number; error: string } {
  if (error instanceof CallTimedOutError || failureCode(error) === 'UND_ERR_CONNECT_TIMEOUT') {
    return { status: 0, error: `Request timed out after ${limits.timeoutMs / 1000}s` };
  }
  if (error instanceof AnswerTooLargeError) {
    const most = `${limits.mostBytes / 1024} KiB`;
    return { status: error.status, error: `The answer is larger than ${most}` };
  }
  if (error instanceof AddressRefusedError) return { status: 0, error: error.message };
  const code = failureCode(error);
  const words = WORDS[code] ?? (code.startsWith('HPE_') ? 'The answer is not HTTP' : undefined);
  const plain = code === '' ? 'The request failed' : `The request failed (${code})`;
  return { status: 0, error: words ?? plain };
}
