import { createHash } from 'node:crypto';
import { type JsonObject, modelOf, optionalInteger } from './fields.ts';
import { RequestError } from './request-error.ts';
import { readInputs } from './text-input.ts';

const DEFAULT_DIMENSIONS = 1536;
const MOST_DIMENSIONS = 4096;

/** How many places of the vector one feature touches. */
const PLACES = 4;

/** The text as a whole counts little: it only tells texts apart that have the same words. */
const WHOLE_TEXT_WEIGHT = 0.25;

/** `POST /v1/embeddings`. */
export function embeddings(body: JsonObject): JsonObject {
  const inputs = readInputs(body, 'input');
  const range = { least: 1, most: MOST_DIMENSIONS };
  const dimensions = optionalInteger(body, 'dimensions', range) ?? DEFAULT_DIMENSIONS;
  const encode = encoder(body.encoding_format);
  const data = inputs.map(({ text }, index) => ({
    object: 'embedding',
    index,
    embedding: encode(embed(text, dimensions)),
  }));
  const tokens = inputs.reduce((sum, input) => sum + input.tokens, 0);
  const usage = { prompt_tokens: tokens, total_tokens: tokens };
  return { object: 'list', data, model: modelOf(body), usage };
}

function encoder(format: unknown): (vector: Float32Array) => unknown {
  switch (format ?? 'float') {
    case 'float':
      return (vector) => [...vector];
    case 'base64':
      return littleEndianBase64;
    default:
      throw new RequestError("'encoding_format' must be 'float' or 'base64'.", {
        param: 'encoding_format',
      });
  }
}

function littleEndianBase64(vector: Float32Array): string {
  const bytes = Buffer.alloc(vector.byteLength);
  vector.forEach((value, at) => bytes.writeFloatLE(value, at * Float32Array.BYTES_PER_ELEMENT));
  return bytes.toString('base64');
}

/**
 * A vector of length 1 that is the same for the same text on every machine; texts that share words
 * lie near each other, so that a search by meaning has something to find.
 */
export function embed(text: string, dimensions: number): Float32Array {
  const sums = new Float64Array(dimensions);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) addFeature(sums, word, 1);
  addFeature(sums, `text:${text}`, WHOLE_TEXT_WEIGHT);
  // In few dimensions everything may cancel out.
  if (sums.every((sum) => sum === 0)) sums[0] = 1;
  const length = Math.hypot(...sums);
  return Float32Array.from(sums, (sum) => sum / length);
}

function addFeature(sums: Float64Array, feature: string, weight: number): void {
  const hash = createHash('sha256').update(feature).digest();
  for (let place = 0; place < PLACES; place += 1) {
    const at = hash.readUInt32LE(place * 8) % sums.length;
    const isPositive = hash.readUInt8(place * 8 + 4) < 128;
    sums[at]! += isPositive ? weight : -weight;
  }
}
