import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../support/free-port.js';
import { auditLogOf } from '../support/lumen/audit-log.js';
import { BrowserSession } from '../support/lumen/browser-session.js';
import { type LumenServer } from '../support/lumen/lumen-server.js';
import { addPerson } from '../support/lumen/people.js';
import { onDatabaseOf } from '../support/lumen/server-database.js';
import { startAs } from '../support/lumen/session-of.js';
import { type Behaviour, hang, ScriptedUpstream, status } from '../support/scripted-upstream.js';

const KEY = 'sk-backend-key-that-nobody-may-see';
const TOKEN = 'monitoring-token-monitoring-token-1234';
const REFRESH = '/api/admin/models/refresh';
const APPLY = `${REFRESH}/apply`;

const VLLM = { id: 'Qwen/Qwen3-32B', object: 'model', owned_by: 'vllm', max_model_len: 40_960 };
const SGLANG = { id: 'llama', object: 'model', owned_by: 'sglang', max_model_len: 131_072 };
const OLLAMA = { id: 'qwen2.5vl:latest', object: 'model', owned_by: 'library' };
const SHOWN = {
  details: { family: 'qwen25vl', parameter_size: '8.3B', quantization_level: 'Q4_K_M' },
  model_info: { 'general.architecture': 'qwen25vl', 'qwen25vl.context_length': 128_000 },
  capabilities: ['completion', 'vision', 'tools'],
};

interface Refresh {
  model: string;
  describedIn: string;
  endpoints: { url: string; problem: string | null }[];
  proposals: { field: string; current: unknown; proposed: unknown; source: string }[];
  yaml: string | null;
}

interface Answer<Body> {
  status: number;
  text: string;
  body: Body;
}

/** Answers by path; 404 where nothing is said of it. */
const answering =
  (...answers: [path: string, body: unknown][]): Behaviour =>
  (request, response) => {
    const [, body] = answers.find(([path]) => path === request.path) ?? [];
    const code = body === undefined ? 404 : 200;
    return status(code, JSON.stringify(body ?? {}))(request, response);
  };

const listing = (...data: unknown[]): [string, unknown] => ['/v1/models', { object: 'list', data }];
const model = (name: string, ...endpoints: { url: string; model: string }[]) => ({
  name,
  endpoints: endpoints.map((endpoint) => ({ ...endpoint, api_key: KEY })),
});

const EXTRA = `
engineers: [engineer@example.com]
superadmins: [superadmin@example.com]
monitoring: { token: ${TOKEN} }
upstream: { probe: { interval_s: 86400, timeout_s: 2 } }
defaults: { models: { access: allowed } }
`;

describe('what backends know of models', () => {
  const running = new AsyncDisposableStack();
  const texts: string[] = [];
  let server: LumenServer;
  let vllm: ScriptedUpstream;
  let ollama: ScriptedUpstream;
  let strange: ScriptedUpstream;
  let engineer: BrowserSession;
  let closed: string;

  beforeAll(async () => {
    vllm = running.use(await ScriptedUpstream.start());
    vllm.usual = answering(listing(VLLM, SGLANG));
    ollama = running.use(await ScriptedUpstream.start());
    ollama.usual = answering(listing(OLLAMA), ['/api/show', SHOWN]);
    strange = running.use(await ScriptedUpstream.start());
    closed = `http://127.0.0.1:${await freePort()}/v1`;
    const models = JSON.stringify([
      model('house/qwen', { url: vllm.url, model: VLLM.id }, { url: closed, model: VLLM.id }),
      { ...model('llama', { url: vllm.url, model: 'llama' }), context_window: 131_072 },
      model('strange', { url: strange.url, model: 'strange' }),
    ]);
    server = running.use(
      await startAs('engineer@example.com', { dialect: 'sqlite', models, extra: EXTRA }),
    );
    engineer = await BrowserSession.start(server);
    const provider = { name: 'Ollama', slug: 'ollama', type: 'custom', baseUrl: ollama.url };
    const modelSettings = { 'qwen2.5vl': { inputCostPerMillion: 2.5, notice: 'New' } };
    const made = { ...provider, apiKey: KEY, models: ['qwen2.5vl'], modelSettings };
    expect((await post('/providers', made)).status).toBe(201);
  }, 90_000);

  afterAll(() => running.disposeAsync());

  async function read<Body>(answer: Response): Promise<Answer<Body>> {
    const text = await answer.text();
    texts.push(text);
    return { status: answer.status, text, body: JSON.parse(text) as Body };
  }

  const post = async <Body>(path: string, body: unknown) =>
    read<Body>(await engineer.fetch(path, 'POST', body));

  async function refresh(id?: string): Promise<Refresh[]> {
    const { status: code, body } = await post<{ models: Refresh[] }>(REFRESH, { model: id });
    expect(code).toBe(200);
    return body.models;
  }

  it('is proposed: that of a vLLM and an SGLang, with the lines for config.yaml', async () => {
    const [qwen] = await refresh('house/qwen');
    expect(qwen).toMatchObject({
      model: 'house/qwen',
      describedIn: 'file',
      endpoints: [
        { url: vllm.url, problem: null },
        { url: closed, problem: expect.stringContaining('connection refused') },
      ],
      proposals: [{ field: 'contextWindow', current: null, proposed: 40_960, source: vllm.url }],
      yaml: 'models:\n  - name: house/qwen\n    context_window: 40960\n',
    });
    expect(vllm.lastRequest.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(await refresh('llama')).toMatchObject([{ model: 'llama', proposals: [], yaml: null }]);
  });

  it('is proposed: that of an Ollama, and applied to its provider at once', async () => {
    const id = 'ollama/qwen2.5vl';
    const [before] = await refresh(id);
    expect(before).toMatchObject({ describedIn: 'provider', yaml: null });
    const values = Object.fromEntries(before!.proposals.map((one) => [one.field, one.proposed]));
    expect(values).toEqual({
      description: '8.3B parameters, Q4_K_M',
      contextWindow: 128_000,
      supportsFunctionCalling: true,
      inputModalities: ['text', 'image'],
    });
    const { description: _description, ...chosen } = values;
    expect(await post(APPLY, { model: id, values: chosen })).toMatchObject({
      status: 200,
      body: { model: id, ...chosen, description: null, notice: 'New' },
    });
    const { body } = await read<{ models: object[] }>(await engineer.fetch('/chat/models'));
    expect(body.models).toContainEqual(
      expect.objectContaining({
        id,
        contextWindow: 128_000,
        functionCalling: true,
        inputModalities: ['text', 'image'],
        inputCostPerMillion: 2.5,
      }),
    );
    const [after] = await refresh(id);
    expect(after!.proposals.map(({ field }) => field)).toEqual(['description']);
    const settings = { inputCostPerMillion: 2.5, notice: 'New', ...chosen };
    expect((await auditLogOf(server)).at(-1)).toMatchObject({
      action: 'provider.update',
      actorName: 'engineer@example.com',
      objectName: 'ollama',
      after: { models: [{ name: 'qwen2.5vl', settings }] },
    });
  });

  it('is asked of all models that are enabled, each backend once for its list', async () => {
    strange.usual = status(200, 'not JSON');
    const asked = vllm.requests.length;
    const all = await refresh();
    expect(all.map((one) => one.model)).toEqual([
      'house/qwen',
      'llama',
      'strange',
      'ollama/qwen2.5vl',
    ]);
    expect(vllm.requests.length - asked).toBe(1);
    expect(all[2]!.endpoints[0]!.problem).toBe('What /v1/models answered is not JSON.');
  });

  const echo = { object: 'list', data: [{ id: KEY }, { id: 'other' }] };
  const lies = { id: 'strange', max_model_len: -1, context_window: 'many', owned_by: 'vllm' };
  it.each<[string, Behaviour, string | null]>([
    ['never answers', hang, 'timed out'],
    ['refuses the key', status(401, JSON.stringify({ error: KEY })), 'refuses the key'],
    ['fails', status(500, KEY), 'the status 500'],
    ['sends elsewhere', status(307, '', { location: 'http://127.0.0.1:1/' }), 'the status 307'],
    ['sends too much', status(200, 'x'.repeat(1_100_000)), 'larger than 1024 KiB'],
    ['lists something else', status(200, '{"data":7}'), 'not a list of models'],
    ['does not have the model', status(200, JSON.stringify(echo)), 'it has "[key]", "other"'],
    ['lies', answering(listing(lies)), null],
    ['says nothing', answering(listing({ id: 'strange' })), null],
  ])('has nothing to propose where a backend %s', async (_what, behaviour, problem) => {
    strange.usual = behaviour;
    const [refreshed] = await refresh('strange');
    expect(refreshed).toMatchObject({ proposals: [], yaml: null });
    expect(refreshed!.endpoints).toMatchObject([
      { problem: problem === null ? null : expect.stringContaining(problem) },
    ]);
  });

  it.each<[number, string, string, unknown]>([
    [404, 'model_not_found', REFRESH, { model: 'none' }],
    [400, 'invalid_request', REFRESH, { model: 7 }],
    [400, 'invalid_request', REFRESH, { model: '' }],
    [400, 'invalid_request', REFRESH, { model: null }],
    [400, 'invalid_request', REFRESH, { other: 1 }],
    [404, 'model_not_found', APPLY, { model: 'ollama/none', values: { contextWindow: 1 } }],
    [400, 'invalid_request', APPLY, { model: 'llama', values: { contextWindow: 1 } }],
    [400, 'invalid_request', APPLY, { model: 'ollama/qwen2.5vl' }],
    [400, 'invalid_request', APPLY, { model: 'ollama/qwen2.5vl', values: [] }],
    [400, 'invalid_request', APPLY, { model: 'ollama/qwen2.5vl', values: {} }],
    [400, 'invalid_request', APPLY, { model: 'ollama/qwen2.5vl', values: { access: 'allowed' } }],
    [400, 'invalid_request', APPLY, { model: 'ollama/qwen2.5vl', values: { contextWindow: -1 } }],
    [400, 'invalid_request', APPLY, { model: 'ollama/qwen2.5vl', values: { contextWindow: 1e99 } }],
  ])('is refused with %i %s: %s %j', async (code, error, path, body) => {
    expect(await post(path, body)).toMatchObject({
      status: code,
      body: { error: { code: error } },
    });
  });

  it('is for engineers and superadmins', async () => {
    await onDatabaseOf(server, (database) =>
      addPerson(database, 'auditor@example.com', { grantedRoles: ['auditor'] }),
    );
    const people = ['user', 'auditor', 'admin', 'engineer', 'superadmin'];
    const keys = await Promise.all(people.map((name) => server.createKey(`${name}@example.com`)));
    const statuses = async (token: string, path: string, body: unknown) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const options = { method: 'POST', headers, body: JSON.stringify(body) };
      return (await fetch(`${server.url}${path}`, options)).status;
    };
    for (const [path, body] of [
      [REFRESH, { model: 'llama' }],
      [APPLY, { model: 'ollama/qwen2.5vl', values: { contextWindow: 4096 } }],
    ] as const) {
      const of = (token: string) => statuses(token, path, body);
      expect(await Promise.all(keys.map(of))).toEqual([403, 403, 403, 200, 200]);
      expect(await Promise.all([TOKEN, 'sk_nonsense'].map(of))).toEqual([403, 401]);
      const nobody = await fetch(`${server.url}${path}`, { method: 'POST' });
      expect(nobody.status).toBe(401);
    }
  });

  it('never has a key of a backend in it', () => {
    expect(texts.length).toBeGreaterThan(20);
    expect(texts.join('\n')).not.toContain(KEY);
    expect(JSON.stringify(server.log)).not.toContain(KEY);
  });
});

describe('backends that never answer', () => {
  it('are asked eight at a time at the most, and not again in a refresh', async () => {
    await using silent = await ScriptedUpstream.start();
    let open = 0;
    let most = 0;
    silent.usual = async ({ aborted }) => {
      open += 1;
      most = Math.max(most, open);
      await aborted;
      open -= 1;
    };
    const backends = Array.from({ length: 12 }, (_, index) => `${silent.url}/${index}`);
    const models = backends.flatMap((url) => [
      model(`${url}#one`, { url, model: 'one' }),
      model(`${url}#two`, { url, model: 'two' }),
    ]);
    const extra = EXTRA.replace('timeout_s: 2', 'timeout_s: 0.5');
    const options = { models: JSON.stringify(models), extra };
    await using server = await startAs('engineer@example.com', options);
    const engineer = await BrowserSession.start(server);
    const refreshes = [1, 2, 3].map(() => engineer.fetch(REFRESH, 'POST', {}));
    const answers = await Promise.all(refreshes);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 200, 503]);
    const refused = answers.find((answer) => answer.status === 503)!;
    expect(refused.headers.get('retry-after')).toBe('10');
    expect(await refused.json()).toMatchObject({ error: { code: 'overloaded' } });
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(8);
    expect(silent.requests).toHaveLength(2 * backends.length);
  }, 60_000);
});
