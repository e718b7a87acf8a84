import { describe, expect, it } from '@jest/globals';
import { type AppError } from '../../infrastructure/errors/app-error.js';
import { type ModelEndpoint } from '../../models/index.js';
import { readEmbeddingsRequest } from './embeddings-request.js';
import { readRerankRequest } from './rerank-request.js';
import { readScoreRequest } from './score-request.js';

const READERS = {
  embeddings: readEmbeddingsRequest,
  rerank: readRerankRequest,
  score: readScoreRequest,
};
type Path = keyof typeof READERS;
const read = (path: Path, text: string) => READERS[path](JSON.parse(text), Buffer.from(text));

describe('requests that are answered with numbers', () => {
  it.each<[Path, string, object]>([
    ['embeddings', '{"input":"hello"}', { textBytes: 17, messages: 1 }],
    ['embeddings', '{"input":["a","b"]}', { textBytes: 19, messages: 2 }],
    ['embeddings', '{"input":[5,6,7]}', { textBytes: 0, messages: 0, knownTokens: 3 }],
    [
      'embeddings',
      '{"input":[5],"user":"u","messages":["abc"]}',
      { textBytes: 7, messages: 0, knownTokens: 1 },
    ],
    ['embeddings', '{"input":[[5],[6,7]]}', { textBytes: 0, messages: 0, knownTokens: 3 }],
    ['rerank', '{"query":"abc","documents":["d","e","f"]}', { textBytes: 41 + 6, messages: 3 }],
    ['rerank', '{"query":"abc","documents":[{"text":"d"}]}', { textBytes: 42, messages: 1 }],
    ['score', '{"text_1":"abc","text_2":["d","e","f"]}', { textBytes: 39 + 6, messages: 3 }],
    ['score', '{"text_1":["d","e"],"text_2":"abcd"}', { textBytes: 36 + 4, messages: 2 }],
    ['score', '{"text_1":["d","e"],"text_2":["f","g"]}', { textBytes: 39, messages: 2 }],
    ['score', '{"queries":"a","documents":["d"]}', { textBytes: 33, messages: 1 }],
  ])('%s of %s are measured', (path, text, size) => {
    const request = read(path, text);
    expect(request.prompt).toEqual({ mediaParts: 0, ...size });
    expect(request).toMatchObject({ output: null, isStream: false, model: '' });
  });

  it.each<[Path, string]>([
    ['embeddings', '"input":"a" , "encoding_format":"base64","dimensions":1e2'],
    ['rerank', '"query":"q","documents":["d"],"top_n":1,"x":null'],
    ['score', '"text_1":"a","text_2":"b","truncate_prompt_tokens":-1'],
  ])('%s go on as they came, but for the name', (path, fields) => {
    const endpoint = { upstreamModel: 'real' } as ModelEndpoint;
    const sent = read(path, `{ "model":"m", ${fields} }`).toBackend(endpoint, null);
    expect(sent).toMatchObject({ path, contentType: 'application/json' });
    expect((sent.body as Buffer).toString()).toBe(`{ "model":"real", ${fields} }`);
  });

  it.each<[Path, string, string, string]>([
    ['embeddings', '{}', 'missing_field', 'input'],
    ['embeddings', '{"input":[]}', 'invalid_request', 'input'],
    ['embeddings', '{"input":{"text":"a"}}', 'invalid_request', 'input'],
    ['embeddings', '{"input":["a",[1]]}', 'invalid_request', 'input'],
    ['embeddings', `{"input":[${'"a",'.repeat(2_048)}"a"]}`, 'invalid_request', 'input'],
    ['embeddings', '{"input":"a","encoding_format":"hex"}', 'invalid_request', 'encoding_format'],
    ['embeddings', '{"input":"a","stream":true}', 'invalid_request', 'stream'],
    ['embeddings', '{"input":"a","model":5}', 'invalid_request', 'model'],
    ['rerank', '{"documents":["d"]}', 'missing_field', 'query'],
    ['rerank', '{"query":"q"}', 'missing_field', 'documents'],
    ['rerank', '{"query":["q"],"documents":["d"]}', 'invalid_request', 'query'],
    ['rerank', '{"query":"q","documents":"d"}', 'invalid_request', 'documents'],
    ['rerank', '{"query":"q","documents":[]}', 'invalid_request', 'documents'],
    ['rerank', '{"query":"q","documents":[1]}', 'invalid_request', 'documents'],
    [
      'rerank',
      `{"query":"q","documents":[${'"a",'.repeat(10_000)}"a"]}`,
      'invalid_request',
      'documents',
    ],
    ['rerank', '{"query":"q","documents":["d"],"top_n":0}', 'invalid_request', 'top_n'],
    ['score', '{"text_2":"b"}', 'missing_field', 'text_1'],
    ['score', '{"text_1":"a"}', 'missing_field', 'text_2'],
    ['score', '{"text_1":5,"text_2":"b"}', 'invalid_request', 'text_1'],
    ['score', '{"text_1":"a","text_2":[]}', 'invalid_request', 'text_2'],
  ])('%s %s is refused with %s', (path, text, code, param) => {
    expect(refusalOf(() => read(path, text))).toMatchObject({ code, param });
  });
});

function refusalOf(work: () => unknown): AppError | null {
  try {
    work();
    return null;
  } catch (error) {
    return error as AppError;
  }
}
