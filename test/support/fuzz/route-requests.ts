import fc from 'fast-check';
import { type ApiRoute, type JsonSchema, type RouteParameter } from './api-routes.js';
import { FORM_TYPES, hostileForm } from './hostile-forms.js';
import { hostileJson, hostileText, spoilt, valueOf } from './hostile-values.js';

/** A request before the ids that the server gave are in their places. */
export interface FuzzedRequest {
  method: string;
  /** Texts and, as numbers, ids that some answer had. */
  path: (string | number)[];
  headers: Record<string, string>;
  body: Buffer | null;
}

const MESSAGES = [{ role: 'user', content: 'hi' }];
/** The document leaves open what OpenAI and Anthropic define; these are answered. */
const TEMPLATES: Record<string, object> = {
  '/v1/chat/completions': { model: 'm', messages: MESSAGES, stream: false, max_tokens: 5 },
  '/v1/completions': { model: 'm', prompt: 'hi', stream: true },
  '/v1/embeddings': { model: 'm', input: ['hi', 'you'] },
  '/v1/rerank': { model: 'm', query: 'q', documents: ['d', { text: 'e' }], top_n: 1 },
  '/v1/score': { model: 'm', text_1: 'a', text_2: ['b'] },
  '/v1/messages': { model: 'm', max_tokens: 5, system: 's', messages: MESSAGES },
  '/v1/messages/count_tokens': { model: 'm', messages: MESSAGES, tools: [] },
  '/v1/responses': { model: 'm', input: [{ role: 'user', content: 'hi' }], instructions: 'x' },
  '/chat/completions': { model: 'm', messages: MESSAGES, stream: true },
};
const MORE_NAMES = [
  ...['stream', 'stream_options', 'max_tokens', 'max_completion_tokens', 'max_output_tokens', 'n'],
  ...[
    'tools',
    'tool_choice',
    'response_format',
    'stop',
    'logprobs',
    'user',
    'metadata',
    'thinking',
  ],
  ...['temperature', 'encoding_format', 'dimensions', 'store', 'previous_response_id', 'reasoning'],
];

const chance = <T>(often: fc.Arbitrary<T>, rarely: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 9, arbitrary: often }, { weight: 1, arbitrary: rarely });

/** Percent-encoded, or nearly so. */
const inAddress = hostileText.chain((text) =>
  chance(
    fc.constant(encodeURIComponent(text.toWellFormed())),
    fc.constantFrom('%', '%zz', '%ED%A0%80', '%00', '..', '%2e%2e%2f', '%C0%AF', ';x=y', '//'),
  ),
);

function pathOf(route: ApiRoute): fc.Arbitrary<(string | number)[]> {
  const known = fc.nat(10_000);
  const parts = route.path.split(/(\{\w+\})/).map((part): fc.Arbitrary<string | number> => {
    if (!part.startsWith('{')) return fc.constant(part);
    const plain = fc.constantFrom('default', 'm', '1', 'README');
    return fc.oneof({ weight: 4, arbitrary: known }, { weight: 1, arbitrary: plain }, inAddress);
  });
  const queried = route.parameters.filter((parameter) => parameter.in === 'query');
  return fc
    .tuple(fc.tuple(...parts), queryOf(queried))
    .map(([path, query]) => [...path, ...(query === '' ? [] : [`?${query}`])]);
}

function queryOf(parameters: readonly RouteParameter[]): fc.Arbitrary<string> {
  const one = fc.oneof(
    ...parameters.map(({ name, schema }) =>
      fc
        .oneof(
          { weight: 2, arbitrary: valueOf(schema ?? {}).map(written) },
          { weight: 1, arbitrary: inAddress },
        )
        .map((value) => `${name}=${value}`),
    ),
    fc.tuple(inAddress, inAddress).map(([name, value]) => `${name}=${value}`),
    fc.tuple(fc.constantFrom('page', 'sort', 'x'), inAddress).map(([name, v]) => `${name}[]=${v}`),
  );
  return fc.array(one, { maxLength: 4 }).map((pairs) => pairs.join('&'));
}

function written(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return encodeURIComponent((text ?? '').toWellFormed());
}

const oddBody = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc
    .constantFrom(
      ...['', 'null', '[]', '7', '"x"', '{', '{"a":', '{"a":1,"a":2}', '{"__proto__":{"a":1}}'],
      ...['{"constructor":{"prototype":{"a":1}}}', '[NaN]', '{"a":1e999}', '\uFEFF{}', 'a=b&c=d'],
      ...['['.repeat(20_000), '{"a":'.repeat(20_000), `{"a":"${'x'.repeat(300_000)}"}`],
    )
    .map((text) => Buffer.from(text)),
);

function jsonBody(path: string, schema: JsonSchema): fc.Arbitrary<Buffer> {
  const template = TEMPLATES[path];
  const good = template ? fc.constant<unknown>(template) : valueOf(schema);
  const body = chance(spoilt(good, template ? MORE_NAMES : []), hostileJson);
  return chance(
    body.map((value) => Buffer.from(JSON.stringify(value) ?? '')),
    oddBody,
  );
}

const oddType = fc.constantFrom(
  ...['text/plain', 'application/json; charset=utf-16', 'application/x-www-form-urlencoded'],
  ...['multipart/form-data', 'application/xml', 'nonsense', '', 'application/json;;;'],
);

function bodyOf({ path, body, method }: ApiRoute): fc.Arbitrary<[string, Buffer | null]> {
  if (body?.kind === 'form') {
    return fc.tuple(
      fc.oneof(
        { weight: 9, arbitrary: fc.constant(FORM_TYPES[0]) },
        fc.constantFrom(...FORM_TYPES),
      ),
      hostileForm,
    );
  }
  if (body || method !== 'GET') {
    const type = chance(fc.constant('application/json'), oddType);
    return fc.tuple(type, body ? jsonBody(path, body.schema) : fc.option(oddBody));
  }
  return fc.constant(['', null]);
}

/** What a header may carry at all: anything else never leaves a client. */
const headerValue = hostileText.map((text) =>
  text.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '?').slice(0, 2_000),
);
const oddHeader = fc.tuple(
  fc.constantFrom(
    ...['accept', 'accept-language', 'accept-encoding', 'x-request-id', 'traceparent', 'range'],
    ...['if-none-match', 'last-event-id', 'origin', 'referer', 'x-forwarded-for', 'user-agent'],
    ...['content-encoding', 'x-http-method-override', 'openai-organization', 'anthropic-version'],
    ...['x-api-key', 'sec-fetch-site', 'forwarded', 'x-forwarded-proto', 'x-forwarded-host'],
  ),
  headerValue,
);

/** Requests to this route, good and bad. */
export function requestsTo(route: ApiRoute): fc.Arbitrary<FuzzedRequest> {
  return fc
    .record({
      method: fc.oneof(
        { weight: 30, arbitrary: fc.constant(route.method) },
        fc.constantFrom('GET', 'PUT', 'PATCH', 'DELETE', 'POST', 'OPTIONS', 'TRACE', 'HEAD'),
      ),
      path: pathOf(route),
      odd: chance(fc.constant<[string, string][]>([]), fc.array(oddHeader, { maxLength: 3 })),
      sent: bodyOf(route),
    })
    .map(({ method, path, odd, sent: [type, body] }) => ({
      method,
      path,
      headers: { ...Object.fromEntries(odd), ...(type === '' ? {} : { 'content-type': type }) },
      body,
    }));
}
