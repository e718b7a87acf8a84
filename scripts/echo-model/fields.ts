import { RequestError } from './request-error.ts';

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

/** Reads a request's body; anything but a JSON object is a RequestError. */
export function parseBody(bytes: Buffer): JsonObject {
  let body: unknown;
  try {
    body = JSON.parse(bytes.toString());
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RequestError(`The body is not valid JSON: ${reason}`, { code: 'invalid_json' });
  }
  if (isObject(body)) return body;
  throw new RequestError('The body must be a JSON object.', { code: 'invalid_json' });
}

/** The model as it was sent: the echo model answers to any name, and to none. */
export function modelOf(body: JsonObject): string {
  return typeof body.model === 'string' ? body.model : 'dummy';
}

export function isStreaming(body: JsonObject): boolean {
  return body.stream === true;
}

/** An optional whole number between `least` and `most`; null counts as absent. */
export function optionalInteger(
  body: JsonObject,
  name: string,
  { least, most }: { least: number; most: number },
): number | undefined {
  const value = body[name];
  if (isAbsent(value)) return undefined;
  if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) {
    return Number(value);
  }
  throw new RequestError(
    `'${name}' must be a whole number from ${least} to ${most}, and was ${JSON.stringify(value)}.`,
    { param: name },
  );
}

/** The number of answers that were asked for. */
export function choiceCount(body: JsonObject): number {
  return optionalInteger(body, 'n', { least: 1, most: 8 }) ?? 1;
}

/** The limit of an answer in tokens, by its new name or its old one. */
export function tokenLimit(body: JsonObject): number | undefined {
  const range = { least: 1, most: Number.MAX_SAFE_INTEGER };
  return (
    optionalInteger(body, 'max_completion_tokens', range) ??
    optionalInteger(body, 'max_tokens', range)
  );
}

/** The strings at which an answer ends: one, or up to four. */
export function stopStrings(body: JsonObject): string[] {
  const value = body.stop;
  if (isAbsent(value)) return [];
  const strings: unknown[] = Array.isArray(value) ? value : [value];
  if (strings.length <= 4 && strings.every((entry) => typeof entry === 'string')) {
    return strings.filter((entry) => entry !== '');
  }
  throw new RequestError("'stop' must be a string or a list of up to four strings.", {
    param: 'stop',
  });
}
