import { type JsonObject } from './fields.ts';
import { RequestError } from './request-error.ts';
import { countCharacters, tokensOf } from './tokens.ts';

const MOST_INPUTS = 2048;

/** One text of `prompt` or `input`, which may also be given as the numbers of its tokens. */
export interface TextInput {
  text: string;
  tokens: number;
}

/** Reads a text, a list of texts, the tokens of a text, or a list of such; else a RequestError. */
export function readInputs(body: JsonObject, param: string): TextInput[] {
  const value = body[param];
  if (typeof value === 'string') return [fromText(value)];
  if (isTokens(value)) return [fromTokens(value)];
  if (Array.isArray(value) && value.length > 0 && value.length <= MOST_INPUTS) {
    return value.map((entry) => readInput(entry, param));
  }
  throw wrong(param);
}

function readInput(value: unknown, param: string): TextInput {
  if (typeof value === 'string') return fromText(value);
  if (isTokens(value)) return fromTokens(value);
  throw wrong(param);
}

function fromText(text: string): TextInput {
  return { text, tokens: tokensOf(countCharacters(text)) };
}

/** The echo model has no vocabulary: it shows the numbers. */
function fromTokens(tokens: number[]): TextInput {
  return { text: tokens.join(' '), tokens: tokens.length };
}

function isTokens(value: unknown): value is number[] {
  return (
    Array.isArray(value) && value.length > 0 && value.every((token) => Number.isInteger(token))
  );
}

function wrong(param: string): RequestError {
  return new RequestError(
    `'${param}' must be a string, a list of up to ${MOST_INPUTS} strings, a list of tokens, or a list of such lists.`,
    { param },
  );
}
