import { invalid, readJsonBody } from './json-body.js';
import { type ModelRequest } from './model-request.js';
import { promptInputs, sizeOfInputs } from './prompt-inputs.js';
import { VectorRequest } from './vector-request.js';

const FORMATS: readonly unknown[] = [undefined, null, 'float', 'base64'];

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
  const textBytes = inputs.tokens === null ? json.bytes.length : 0;
  return new VectorRequest('embeddings', json, sizeOfInputs(inputs, textBytes));
}
