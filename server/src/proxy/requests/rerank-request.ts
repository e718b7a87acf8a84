import { invalid, isObject, type JsonBody, missing, readJsonBody } from './json-body.js';
import { type ModelRequest } from './model-request.js';
import { type PromptSize } from './token-estimate.js';
import { VectorRequest } from './vector-request.js';

/** As many as Cohere takes at once. */
export const MOST_DOCUMENTS = 10_000;

/**
 * Reads a request to rank documents, as Cohere, Jina and vLLM take it.
 * @throws AppError invalid_request, missing_field
 */
export function readRerankRequest(body: unknown, bytes: Buffer | null): ModelRequest {
  const json = readJsonBody(body, bytes, 'model, query and documents');
  const { query, documents, top_n: top } = json.values;
  if (query === undefined || query === null) throw missing('query', 'what is looked for');
  if (!isReadable(query)) throw invalid('query', '"query" must be a text.');
  if (documents === undefined || documents === null) {
    throw missing('documents', 'a list of documents');
  }
  const count = countOf(documents, 'documents');
  if (!Array.isArray(documents)) throw invalid('documents', '"documents" must be a list.');
  if (top !== undefined && top !== null && !(Number.isInteger(top) && (top as number) >= 1)) {
    throw invalid('top_n', '"top_n" must be a whole number from 1.');
  }
  return new VectorRequest('rerank', json, sizeOfPairs(json, { query, pairs: count }));
}

/** How many there are of what may be one or a list of many. @throws AppError invalid_request */
export function countOf(value: unknown, field: string): number {
  if (isReadable(value)) return 1;
  const list = value as unknown[];
  const isList = Array.isArray(value) && list.length > 0 && list.every(isReadable);
  if (!isList) {
    throw invalid(
      field,
      `"${field}" must be a text or a list of texts, with at least one of them.`,
    );
  }
  if (list.length > MOST_DOCUMENTS) {
    throw invalid(field, `"${field}" has ${list.length} entries. Send at most ${MOST_DOCUMENTS}.`);
  }
  return list.length;
}

/** A model reads the query again with every document. */
export function sizeOfPairs(
  { bytes }: JsonBody,
  { query, pairs }: { query: unknown; pairs: number },
): PromptSize {
  const repeated = pairs > 1 ? (pairs - 1) * bytesOf(query) : 0;
  return { textBytes: bytes.length + repeated, messages: pairs, mediaParts: 0 };
}

/** A text, or an object with one, as some backends take images too. */
function isReadable(value: unknown): boolean {
  return typeof value === 'string' || isObject(value);
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(typeof value === 'string' ? value : JSON.stringify(value));
}
