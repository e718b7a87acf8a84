import { invalid, type JsonBody, readJsonBody } from './json-body.js';
import { type ModelRequest } from './model-request.js';
import { type PromptInputs, promptInputs, sizeOfInputs } from './prompt-inputs.js';
import { VectorRequest } from './vector-request.js';

const FORMATS: readonly unknown[] = [undefined, null, 'float', 'base64'];

/** Beside the input: no model reads them. */
const UNREAD: ReadonlySet<string> = new Set([
  'dimensions',
  'encoding_format',
  'input',
  'model',
  'user',
]);

/**
 * Reads a request for embeddings.
 * @throws AppError invalid_request, missing_field
 */
export function readEmbeddingsRequest(body: unknown, bytes: Buffer | null): ModelRequest {
  const json = readJsonBody(body, bytes, 'model and input');
  const inputs = promptInputs(json, 'input');
  if (!FORMATS.includes(json.values['encoding_format'])) {
    throw invalid('encoding_format', '"encoding_format" must be "float" or "base64".');
  }
  return new VectorRequest('embeddings', json, sizeOfInputs(inputs, textBytes(json, inputs)));
}

/** Where the input is tokens: what else stands there that a backend may read. */
function textBytes({ bytes, fields }: JsonBody, { tokens }: PromptInputs): number {
  if (tokens === null) return bytes.length;
  const others = fields.filter(({ key }) => !UNREAD.has(key));
  return others.reduce((sum, { start, end }) => sum + end - start, 0);
}
