import { AnswerTooLargeError, CallTimedOutError } from '../infrastructure/upstream/bounded-call.js';
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
  if (error instanceof CallTimedOutError || codeOf(error) === 'UND_ERR_CONNECT_TIMEOUT') {
    return { status: 0, error: `Request timed out after ${limits.timeoutMs / 1000}s` };
  }
  if (error instanceof AnswerTooLargeError) {
    const most = `${limits.mostBytes / 1024} KiB`;
    return { status: error.status, error: `The answer is larger than ${most}` };
  }
  if (error instanceof AddressRefusedError) return { status: 0, error: error.message };
  const code = codeOf(error);
  const words = WORDS[code] ?? (code.startsWith('HPE_') ? 'The answer is not HTTP' : undefined);
  const plain = code === '' ? 'The request failed' : `The request failed (${code})`;
  return { status: 0, error: words ?? plain };
}

/** Node tells of several attempts at once with one error around theirs. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const { code, errors, cause } = error as { code?: unknown; errors?: unknown; cause?: unknown };
  if (typeof code === 'string') return code;
  return codeOf(Array.isArray(errors) ? errors[0] : cause);
}
