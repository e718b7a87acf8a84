import { AppError } from '../../infrastructure/errors/app-error.js';
import { refuseForeignField } from './foreign-fields.js';
import { type FieldSpan, topLevelFields } from './json-fields.js';

const LONGEST_MODEL_NAME = 256;
const LONGEST_AFFINITY_KEY = 512;

/** The fields that Lumen decides by, or that change what an answer costs. */
const DECIDING: ReadonlySet<string> = new Set([
  'background',
  'best_of',
  'conversation',
  'data_1',
  'data_2',
  'documents',
  'echo',
  'input',
  'instructions',
  'items',
  'max_completion_tokens',
  'max_output_tokens',
  'max_tokens',
  'mcp_servers',
  'messages',
  'model',
  'n',
  'plugins',
  'previous_response_id',
  'prompt',
  'queries',
  'query',
  'store',
  'stream',
  'stream_options',
  'suffix',
  'system',
  'text_1',
  'text_2',
  'thinking',
  'tools',
  'web_search_options',
]);
const PLAIN_KEY = /^[a-z0-9_]*$/;

/** A JSON object as it came: its values, its bytes, and where its fields stand in them. */
export interface JsonBody {
  readonly values: Readonly<Record<string, unknown>>;
  readonly bytes: Buffer;
  readonly fields: readonly FieldSpan[];
}

/**
 * What every JSON body must be: an object, each of its fields there once, and in the one spelling, so
 * that Lumen and the backend cannot read different values; none that has the backend decide in its place.
 * @throws AppError invalid_request
 */
export function readJsonBody(body: unknown, bytes: Buffer | null, wanted: string): JsonBody {
  if (!isObject(body) || bytes === null) {
    throw new AppError('invalid_request', `The body must be a JSON object with ${wanted}.`);
  }
  const fields = topLevelFields(bytes);
  refuseDuplicates(fields);
  refuseOtherSpellings(fields);
  for (const { key } of fields) refuseForeignField(spelledPlainly(key), body[key]);
  return { values: body, bytes, fields };
}

/** The name of the model; empty where the caller leaves the choice to Lumen. @throws AppError invalid_request */
export function modelIn(values: Readonly<Record<string, unknown>>): string {
  const model = values['model'] ?? '';
  if (typeof model !== 'string' || model.length > LONGEST_MODEL_NAME) {
    throw invalid('model', `"model" must be a string of at most ${LONGEST_MODEL_NAME} characters.`);
  }
  return model;
}

/** @throws AppError invalid_request */
export function flagIn(values: Readonly<Record<string, unknown>>, key: string): boolean {
  const value = values[key];
  if (value !== undefined && value !== null && typeof value !== 'boolean') {
    throw invalid(key, `"${key}" must be true or false.`);
  }
  return value === true;
}

/** `prompt_cache_key`, by which callers say what belongs together. */
export function affinityKeyIn(values: Readonly<Record<string, unknown>>): string | null {
  const key = values['prompt_cache_key'];
  if (typeof key !== 'string' || key === '') return null;
  return key.slice(0, LONGEST_AFFINITY_KEY);
}

function refuseDuplicates(fields: readonly FieldSpan[]): void {
  const seen = new Set<string>();
  for (const { key } of fields) {
    if (seen.has(key)) throw invalid(key.slice(0, 100), `"${key.slice(0, 100)}" is there twice.`);
    seen.add(key);
  }
}

/** Backends written in Go take `MODEL` for `model`, and the last of both. */
function refuseOtherSpellings(fields: readonly FieldSpan[]): void {
  for (const { key } of fields) {
    const field = spelledPlainly(key);
    if (field === key || !DECIDING.has(field)) continue;
    throw invalid(key.slice(0, 100), `"${key.slice(0, 100)}" must be spelled "${field}".`);
  }
}

/** The name as a reader that does not tell capital from small letters takes it, `ſ` and `K` among them. */
export function spelledPlainly(key: string): string {
  return PLAIN_KEY.test(key) ? key : key.toUpperCase().toLowerCase();
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function missing(param: string, what: string): AppError {
  return new AppError('missing_field', `"${param}" is missing: send ${what}.`, { param });
}

export function invalid(param: string, message: string): AppError {
  return new AppError('invalid_request', message, { param });
}
