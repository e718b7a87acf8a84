/** Code of a request that never reached the server, or whose answer never came back. */
export const NETWORK_ERROR = 'network_error';

/** A refusal by the server, in the one shape the client shows and reacts to. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    /** HTTP status; 0 when there was no answer at all. */
    readonly status: number,
    readonly code: string,
    /** The server's own sentence; empty if it sent none. */
    message: string,
    readonly requestId: string | null = null,
    /** How long the server asks to wait, if it said so. */
    readonly retryAfterSeconds: number | null = null,
    /** What else the server says of it, such as the fields that are wrong. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** Reads a refusal in Lumen's envelope, in OpenAI's, or from a proxy that speaks neither. */
export async function errorFromResponse(response: Response, now = Date.now()): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  const fields = errorFields(body);
  return new ApiError(
    response.status,
    text(fields['code']) ?? text(fields['type']) ?? `http_${response.status}`,
    text(fields['message']) ?? '',
    text(fields['requestId']) ?? response.headers.get('x-request-id'),
    retryAfter(response.headers.get('retry-after'), now),
    isRecord(fields['details']) ? fields['details'] : {},
  );
}

/** What the server says of single fields, one sentence each, by the field's name. */
export function fieldErrors({ details }: ApiError): Record<string, string> {
  const { fields } = details;
  if (!isRecord(fields)) return {};
  const sentences = Object.entries(fields).map(([name, problems]) => [
    name,
    Array.isArray(problems) ? problems.filter((one) => typeof one === 'string').join(' ') : '',
  ]);
  return Object.fromEntries(sentences.filter(([, sentence]) => sentence !== '')) as Record<
    string,
    string
  >;
}

/** Whatever went wrong on the way, as an ApiError; an abort stays what it is. */
export function asApiError(cause: unknown): ApiError {
  if (cause instanceof ApiError) return cause;
  return new ApiError(0, NETWORK_ERROR, '');
}

/** The `error` object of a body, or of a frame in a stream; empty if there is none. */
export function errorFields(body: unknown): Record<string, unknown> {
  const error = isRecord(body) ? body['error'] : null;
  return isRecord(error) ? error : {};
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** `retry-after` in either of its two spellings, as seconds from now. */
function retryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - now) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : null;
}
