import { type JsonBody, missing, readJsonBody } from './json-body.js';
import { type ModelRequest } from './model-request.js';
import { countOf, sizeOfPairs } from './rerank-request.js';
import { VectorRequest } from './vector-request.js';

/** What the two sides are called; vLLM has changed its mind. */
const SIDES = [
  ['text_1', 'text_2'],
  ['data_1', 'data_2'],
  ['queries', 'documents'],
  ['queries', 'items'],
] as const;

/**
 * Reads a request to score how well texts go together: one with each of many, or each with its own.
 * @throws AppError invalid_request, missing_field
 */
export function readScoreRequest(body: unknown, bytes: Buffer | null): ModelRequest {
  const json = readJsonBody(body, bytes, 'model, text_1 and text_2');
  const [left, right] = sidesIn(json);
  const lefts = countOf(json.values[left], left);
  const rights = countOf(json.values[right], right);
  const isOne = lefts === 1;
  const query = json.values[isOne ? left : right];
  const isRepeated = isOne || rights === 1;
  const pairs = Math.max(lefts, rights);
  const size = sizeOfPairs(json, { query: isRepeated ? query : '', pairs });
  return new VectorRequest('score', json, size);
}

function sidesIn({ values }: JsonBody): readonly [string, string] {
  const named = SIDES.find((sides) => sides.every((side) => (values[side] ?? null) !== null));
  if (named) return named;
  const param = (values['text_1'] ?? null) === null ? 'text_1' : 'text_2';
  throw missing(param, 'the texts to compare as "text_1" and "text_2"');
}
