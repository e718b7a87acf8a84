import { ERROR_CODES } from '../../../server/src/infrastructure/errors/error-codes.js';
import { type RawAnswer } from './raw-request.js';

/** What only the inside of a server says: a stack, a file, SQL, a class of a library. */
const INSIDE = [
  /\n\s+at .+:\d+:\d+/,
  /node_modules|server\/dist|\/server\/src\//,
  /\.(?:js|ts):\d+:\d+/,
  /SQLITE_|QueryFailedError|syntax error at or near|violates \w+[ -]\w+ constraint/,
  /\b(?:SELECT|INSERT INTO|DELETE FROM)\b.*\b(?:FROM|VALUES|WHERE)\b/,
  /(?:Type|Range|Reference|Syntax)Error\b/,
  /Cannot (?:read|set) propert|is not a function|is not iterable|\[object Object\]/,
];
const UPSTREAM = /^(?:upstream_\w+|model_unavailable|LLM_API_ERROR)$/;
/** Say in the body what is not well, with the status that probes look at. */
const PROBES = /^\/health/;

interface ErrorBody {
  type?: string;
  error?: { code?: string; type?: string; message?: string };
}

/** What is wrong with an answer, in words; null if nothing is. `secrets`: what no answer may have. */
export function faultOf(
  { method, path }: { method: string; path: string },
  answer: RawAnswer,
  secrets: readonly string[],
): string | null {
  const { status, headers, text } = answer;
  const whole = `${JSON.stringify(headers)}\n${text}`;
  const secret = secrets.find((each) => whole.includes(each));
  if (secret) return `it has the secret ${secret}`;
  if (headers['x-request-id'] === undefined) return 'it has no request id';
  if (headers['x-content-type-options'] !== 'nosniff') return 'it has no nosniff';
  if (status < 400 || method === 'HEAD') return status >= 500 ? `it is ${status}` : null;
  if (PROBES.test(path)) return null;
  const inside = INSIDE.find((pattern) => pattern.test(whole));
  if (inside) return `it tells of the inside (${String(inside)})`;
  return wrongError(path, answer);
}

function wrongError(path: string, { status, text }: RawAnswer): string | null {
  let body: ErrorBody;
  try {
    body = JSON.parse(text) as ErrorBody;
  } catch {
    return 'it is an error without JSON';
  }
  const { error } = body;
  if (!error || typeof error.message !== 'string' || error.message === '') return 'it says nothing';
  if (/^\/v1\/messages(?:[/?]|$)/.test(path) && body.type === 'error') {
    return status < 500 || status === 502 || status === 503 ? null : `it is ${status}`;
  }
  const { code = '' } = error;
  if (!Object.hasOwn(ERROR_CODES, code)) return `its code ${code} is unknown`;
  return status >= 500 && !UPSTREAM.test(code) ? `it is ${status} ${code}` : null;
}
