import { invalid, type JsonBody, missing } from './json-body.js';
import { type PromptSize } from './token-estimate.js';

/** As many as OpenAI takes at once. */
export const MOST_INPUTS = 2_048;

/** What is read by a model: texts, or tokens by their numbers; one, or several at once. */
export interface PromptInputs {
  readonly count: number;
  /** Null: they are texts. */
  readonly tokens: number | null;
}

/**
 * Reads `prompt` or `input`: a string, a list of strings, a list of token numbers, or a list of such.
 * @throws AppError invalid_request, missing_field
 */
export function promptInputs({ values }: Pick<JsonBody, 'values'>, field: string): PromptInputs {
  const value = values[field];
  if (value === undefined || value === null) throw missing(field, `the text as "${field}"`);
  if (typeof value === 'string') return { count: 1, tokens: null };
  if (!Array.isArray(value) || value.length === 0) throw wrongType(field);
  const list = value as unknown[];
  if (list.every(isToken)) return { count: 1, tokens: list.length };
  if (list.length > MOST_INPUTS) {
    throw invalid(field, `"${field}" has ${list.length} entries. Send at most ${MOST_INPUTS}.`);
  }
  if (list.every((entry) => typeof entry === 'string')) return { count: list.length, tokens: null };
  if (!list.every(isTokenList)) throw wrongType(field);
  return { count: list.length, tokens: list.reduce<number>((sum, { length }) => sum + length, 0) };
}

/** Tokens are counted as they are. `textBytes`: what of the request is text beside them. */
export function sizeOfInputs({ count, tokens }: PromptInputs, textBytes: number): PromptSize {
  if (tokens === null) return { textBytes, messages: count, mediaParts: 0 };
  return { textBytes, messages: 0, mediaParts: 0, knownTokens: tokens };
}

function isToken(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0;
}

function isTokenList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > 0 && value.every(isToken);
}

function wrongType(field: string) {
  return invalid(
    field,
    `"${field}" must be a text, a list of texts, a list of token numbers, or a list of such lists; none of the lists may be empty.`,
  );
}
