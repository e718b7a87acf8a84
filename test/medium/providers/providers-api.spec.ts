import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InProcessLumen } from '../../support/lumen/in-process.js';
import { configurationText, DIALECTS } from '../../support/lumen/lumen-server.js';
import { addPerson } from '../../support/lumen/people.js';

const KEY = 'sk-abc12345-nobody-may-see-this-xyz9';
const ROLES = `
admins: [admin@x.edu]
engineers: [engineer@x.edu]
superadmins: [root@x.edu]
log: { level: error }
governance: { allowed_models: [gpt-4o, local/llama] }
`;
const UNKNOWN = '0198c0de-0000-7000-8000-000000000000';

const OPENAI = {
  name: 'OpenAI',
  slug: 'openai',
  type: 'official',
  baseUrl: 'https://api.openai.com/v1/',
  apiKey: KEY,
  models: ['gpt-4o', 'gpt-4o-mini'],
  modelSettings: { 'gpt-4o': { inputCostPerMillion: 2.5, outputCostPerMillion: 10 } },
  isDefault: true,
};

interface ProviderAnswer {
  id: string;
  slug: string;
  isDefault: boolean;
}

describe.each(DIALECTS)('providers over HTTP on %s', (dialect) => {
  let lumen: InProcessLumen;
  let openai: ProviderAnswer;

  beforeAll(async () => {
    lumen = await InProcessLumen.start(dialect, (url) => configurationText(url, { extra: ROLES }));
    await addPerson(lumen.dataSource, 'auditor@x.edu', { grantedRoles: ['auditor'] });
    await lumen.logInAs('engineer@x.edu');
    const { status, body } = await lumen.ask('POST', '/providers', OPENAI);
    expect(status).toBe(201);
    openai = body as ProviderAnswer;
  });

  afterAll(() => lumen[Symbol.asyncDispose]());

  const admin = async () => {
    const { body } = await lumen.ask('GET', '/providers/admin');
    return (body as { providers: ProviderAnswer[] }).providers;
  };

  describe('asked by an engineer', () => {
    it('are shown with masked keys', async () => {
      expect(openai).toEqual({
        id: expect.any(String),
        name: 'OpenAI',
        slug: 'openai',
        type: 'official',
        baseUrl: 'https://api.openai.com/v1',
        apiKey: 'sk-abc12345...xyz9',
        keyState: 'set',
        models: ['gpt-4o', 'gpt-4o-mini'],
        modelSettings: OPENAI.modelSettings,
        isDefault: true,
        isEnabled: true,
        createdAt: expect.any(String),
        updatedAt: expect.any(String),
      });
      const { body } = await lumen.ask('GET', '/providers/admin');
      expect(body).toEqual({ providers: [openai] });
      expect(JSON.stringify(body)).not.toContain(KEY);
    });

    it('have one default, and lose it to another', async () => {
      const local = { ...OPENAI, name: 'Local', slug: 'local', type: 'custom', models: ['llama'] };
      const made = await lumen.ask('POST', '/providers', {
        ...local,
        baseUrl: 'http://localhost:11434/v1',
        apiKey: '',
        modelSettings: {},
      });
      expect(made).toMatchObject({ status: 201, body: { apiKey: null, keyState: 'none' } });
      expect((await admin()).map(({ slug, isDefault }) => [slug, isDefault])).toEqual([
        ['openai', false],
        ['local', true],
      ]);
      await lumen.ask('PATCH', `/providers/${openai.id}`, { isDefault: true });
      expect((await admin()).map(({ isDefault }) => isDefault)).toEqual([true, false]);
      const { id } = made.body as ProviderAnswer;
      await lumen.ask('PATCH', `/providers/${id}`, { isDefault: false, isEnabled: false });
      expect((await admin()).map(({ isDefault }) => isDefault)).toEqual([true, false]);
      expect((await lumen.ask('DELETE', `/providers/${id}`)).status).toBe(204);
      expect((await lumen.ask('DELETE', `/providers/${id}`)).status).toBe(404);
      expect((await lumen.ask('POST', `/providers/${id}/delete`)).status).toBe(404);
    });

    it('are listed for everyone with what governance shows', async () => {
      const { body } = await lumen.ask('GET', '/providers');
      expect(body).toEqual({
        providers: [
          {
            id: openai.id,
            name: 'OpenAI',
            slug: 'openai',
            models: ['gpt-4o'],
            isDefault: true,
            isEnabled: true,
          },
        ],
      });
      const models = await lumen.ask('GET', '/providers/models');
      expect(models.body).toEqual({
        models: [
          {
            id: 'openai/gpt-4o',
            model: 'gpt-4o',
            provider: 'OpenAI',
            providerSlug: 'openai',
            providerId: openai.id,
            isDefault: true,
            isPriced: true,
            inputCostPerMillion: 2.5,
            outputCostPerMillion: 10,
            contextWindow: null,
            maxOutputTokens: null,
          },
        ],
      });
    });

    it('are refused a slug that is taken', async () => {
      const { status, body } = await lumen.ask('POST', '/providers', OPENAI);
      expect(status).toBe(409);
      expect(body).toMatchObject({
        error: { code: 'conflict', details: { fields: { slug: [expect.any(String)] } } },
      });
    });

    it.each([
      ['PATCH', '', {}],
      ['DELETE', '', undefined],
      ['POST', '/delete', undefined],
      ['POST', '/test', { model: 'm' }],
    ] as const)('are not found by any wrong id with %s %s', async (method, path, body) => {
      for (const id of [UNKNOWN, 'x', 'draft2', "1'--", '%00', '__proto__']) {
        const answer = await lumen.ask(method, `/providers/${id}${path}`, body);
        expect(answer).toMatchObject({ status: 404, body: { error: { code: 'not_found' } } });
      }
    });

    describe.each<[string, string, unknown[]]>([
      ['name', 'POST+PATCH', ['', ' ', 'x'.repeat(129), 'a\nb', 'a\0', 1, null, [], {}]],
      [
        'slug',
        'POST+PATCH',
        ['', 'Open', 'a_b', '-a', 'a-', 'a--b', 'a b', 'ä', 'a/b', 'x'.repeat(64), 1, null, ['a']],
      ],
      ['type', 'POST+PATCH', ['', 'Official', 'other', null, 1, ['official']]],
      [
        'baseUrl',
        'POST+PATCH',
        [
          '',
          'host',
          'ftp://h',
          'http://u:p@h',
          'http://h?k=1',
          'http://h#x',
          'http://169.254.169.254/v1',
          'http://[fe80::1]/v1',
          'http://0xa9fea9fe/v1',
          1,
          null,
          ['http://h'],
        ],
      ],
      ['apiKey', 'POST+PATCH+TEST', ['a b', 'a\r\nx-evil: 1', 'ä', 'x'.repeat(4097), 1, {}, [KEY]]],
      [
        'models',
        'POST+PATCH',
        [
          [],
          'gpt',
          null,
          [''],
          [' a'],
          ['a\0'],
          ['a', 'a'],
          [1],
          [null],
          [{}],
          ['x'.repeat(191)],
          Array.from({ length: 1001 }, (_, index) => `m${index}`),
        ],
      ],
      [
        'modelSettings',
        'POST+PATCH',
        [
          [],
          'x',
          1,
          null,
          { other: {} },
          { 'gpt-4o': { price: 1 } },
          { 'gpt-4o': { inputCostPerMillion: -1 } },
          { 'gpt-4o': null },
        ],
      ],
      ['isDefault', 'POST+PATCH', ['true', 1, null, {}]],
      ['isEnabled', 'POST+PATCH', ['false', 0, null, []]],
      ['id', 'POST+PATCH', [UNKNOWN]],
      ['sealedKey', 'POST+PATCH+TEST', ['v1.a.b.c']],
      ['model', 'TEST', ['', ' m', 1, null, ['m'], 'x'.repeat(191)]],
      ['stream', 'TEST', ['true', 1, null]],
    ])('given a wrong %s by %s', (field, by, values) => {
      const cases = by.split('+').flatMap((each) => values.map((value) => [each, value] as const));

      it.each(cases)('%s %j: name the field', async (what, value) => {
        const before = await admin();
        const body = what === 'POST' ? { ...OPENAI, slug: 'fresh' } : { model: 'm' };
        const wrong = { ...(what === 'PATCH' ? {} : body), [field]: value };
        const answer = await {
          POST: () => lumen.ask('POST', '/providers', wrong),
          PATCH: () => lumen.ask('PATCH', `/providers/${openai.id}`, wrong),
          TEST: () =>
            lumen.ask('POST', '/providers/draft/test', { baseUrl: 'http://h.invalid', ...wrong }),
        }[what as 'POST']();
        expect(answer).toMatchObject({
          status: 400,
          body: {
            error: { code: 'invalid_request', details: { fields: { [field]: expect.any(Array) } } },
          },
        });
        expect(JSON.stringify(answer.body)).not.toContain(KEY);
        expect(await admin()).toEqual(before);
      });
    });

    it.each(['name', 'slug', 'type', 'baseUrl', 'models'])(
      'are not made without %s',
      async (name) => {
        const { [name as 'name']: _left, ...rest } = { ...OPENAI, slug: 'fresh' };
        expect(await lumen.ask('POST', '/providers', rest)).toMatchObject({
          status: 400,
          body: { error: { details: { fields: { [name]: expect.any(Array) } } } },
        });
      },
    );
  });

  describe.each(['user', 'auditor', 'admin', 'engineer', 'root'])('asked by %s', (who) => {
    beforeAll(() => lumen.logInAs(`${who}@x.edu`));
    const manages = ['engineer', 'root'].includes(who);

    it.each(['/providers', '/providers/models'])('show %s, without secrets', async (path) => {
      const { status, body } = await lumen.ask('GET', path);
      expect(status).toBe(200);
      expect(JSON.stringify(body)).not.toMatch(/sk-|baseUrl|api\.openai/);
    });

    it.each([
      ['GET', '/providers/admin', undefined],
      ['POST', '/providers', { ...OPENAI, slug: 'by-WHO', isDefault: false }],
      ['PATCH', '/providers/ID', { name: 'OpenAI' }],
      ['POST', '/providers/draft/test', { baseUrl: 'http://127.0.0.1:1', model: 'm' }],
      ['DELETE', `/providers/${UNKNOWN}`, undefined],
      ['POST', `/providers/${UNKNOWN}/delete`, undefined],
    ] as const)('%s %s by who may', async (method, path, body) => {
      const text = JSON.stringify(body)?.replace('WHO', who);
      const sent = text === undefined ? undefined : (JSON.parse(text) as object);
      const answer = await lumen.ask(method, path.replace('ID', openai.id), sent);
      const allowed = path.includes(UNKNOWN) ? 404 : 200;
      if (manages) expect([allowed, 201]).toContain(answer.status);
      else {
        expect(answer).toMatchObject({
          status: 403,
          body: { error: { code: 'permission_denied' } },
        });
        expect(JSON.stringify(answer.body)).not.toMatch(/sk-|api\.openai/);
      }
    });
  });

  it('are an admin’s too where neither engineers nor superadmins are named, at once', async () => {
    await lumen.logInAs('admin@x.edu');
    expect((await lumen.ask('GET', '/providers/admin')).status).toBe(403);
    const alone = ROLES.replace(/engineers:.*\n/, '').replace(/superadmins:.*\n/, '');
    const text = configurationText(lumen.databaseUrl, { extra: alone });
    await lumen.configure(text.replace('dev@example.com', 'admin@x.edu'));
    await lumen.lookNow();
    expect((await lumen.ask('GET', '/providers/admin')).status).toBe(200);
  });
});
