import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chatCompletion } from './chat.ts';
import { completion } from './completions.ts';
import { embeddings } from './embeddings.ts';
import { type JsonObject } from './fields.ts';
import { RequestError } from './request-error.ts';

const json = fc.jsonValue({ maxDepth: 3 });
const part = fc.record({ type: fc.constantFrom('text', 'image_url', 'file'), text: json });
const message = fc.record(
  {
    role: fc.oneof(fc.constantFrom('user', 'tool', 'assistant'), json),
    content: fc.oneof(fc.string(), fc.array(fc.oneof(part, json)), json),
  },
  { requiredKeys: [] },
);
const tool = fc.record({
  type: json,
  function: fc.record({ name: fc.string(), parameters: json }),
});

const chatBody = fc.record(
  {
    messages: fc.oneof({ weight: 9, arbitrary: fc.array(message, { minLength: 1 }) }, json),
    tools: fc.oneof(fc.array(tool), json),
    tool_choice: fc.oneof(fc.constantFrom('required', 'auto'), json),
    max_tokens: fc.oneof(fc.integer({ min: 1, max: 50 }), json),
    stop: fc.oneof(fc.string(), json),
    reasoning_effort: fc.oneof(fc.constantFrom('low', 'toString', '__proto__'), json),
    response_format: fc.oneof(
      fc.record({
        type: fc.constant('json_schema'),
        json_schema: fc.record({ schema: json }),
      }),
      json,
    ),
    n: fc.oneof(fc.constant(2), json),
    model: json,
    stream: fc.oneof(fc.boolean(), json),
  },
  { requiredKeys: ['messages'] },
);
const completionBody = fc.record(
  { prompt: fc.oneof(fc.array(fc.string()), json), echo: json, max_tokens: json, stream: json },
  { requiredKeys: [] },
);
const embeddingBody = fc.record(
  { input: fc.oneof(fc.array(fc.string()), json), dimensions: json, encoding_format: json },
  { requiredKeys: [] },
);

function answersOrRefuses(endpoint: (body: JsonObject) => unknown, body: JsonObject): void {
  try {
    expect(JSON.stringify(endpoint(body)).length).toBeGreaterThan(2);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    expect(error.body.error).toMatchObject({ type: 'invalid_request_error' });
  }
}

describe('whatever a body holds, it is answered or refused', () => {
  it.each<[string, (body: JsonObject) => unknown, fc.Arbitrary<object>]>([
    ['by a chat', chatCompletion, chatBody],
    ['by a completion', completion, completionBody],
    ['by embeddings', embeddings, embeddingBody],
  ])('%s', (_name, endpoint, body) => {
    fc.assert(fc.property(body, (value) => answersOrRefuses(endpoint, value as JsonObject)));
  });
});
