import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import OpenAI, { PermissionDeniedError } from 'openai';
import { ClientManager } from '../../server/src/clients/client-manager.entity.js';
import { Client } from '../../server/src/clients/client.entity.js';
import { ApiKey } from '../../server/src/auth/api-key.entity.js';
import { AuditEntry } from '../../server/src/infrastructure/audit/audit-entry.entity.js';
import { newId } from '../../server/src/infrastructure/crypto/identifiers.js';
import { keysFor } from '../support/access/keys.js';
import { BrowserSession } from '../support/lumen/browser-session.js';
import { configurationText, DIALECTS, LumenServer } from '../support/lumen/lumen-server.js';
import { onDatabaseOf } from '../support/lumen/server-database.js';
import { ScriptedUpstream } from '../support/scripted-upstream.js';

const MESSAGES = [{ role: 'user' as const, content: 'hi' }];
const MONITORING_TOKEN = 'monitoring-token-monitoring-token-1';

interface Access {
  model: string;
  access: string;
  rule: string;
  explanation: string;
  acknowledgement: { text: string; textHash: string; acknowledgedAt: string | null } | null;
}

function options(upstreamUrl: string, settings: { ackMessage: string; admins: string }) {
  const model = (name: string, more: object = {}) => ({
    name,
    input_cost_per_million: 0,
    output_cost_per_million: 0,
    endpoints: [{ url: upstreamUrl, api_key: 'upstream-secret' }],
    ...more,
  });
  return {
    models: JSON.stringify([
      model('open'),
      model('lab/careful', {
        needs_ack: true,
        ack_message: settings.ackMessage,
        notice: 'External.',
      }),
      model('closed', { access: 'blocked' }),
      model('hidden', { disabled: true }),
    ]),
    extra: `
admins: ${settings.admins}
clients: { bot: { max: -2, model_access: { default: allowed, blocked: [open] } } }
monitoring: { token: ${MONITORING_TOKEN} }
log: { modules: { AccessService: debug } }`,
  };
}

describe.each(DIALECTS)('access to models on %s', (dialect) => {
  let server: LumenServer;
  let upstream: ScriptedUpstream;
  let databaseUrl: string;
  let ownKey: string;
  let botKey: string;

  beforeAll(async () => {
    upstream = await ScriptedUpstream.start();
    const settings = { ackMessage: 'I have read the rules.', admins: '[]' };
    server = await LumenServer.start({ dialect, ...options(upstream.url, settings) });
    databaseUrl = /database_url: (.*)/.exec(await server.configuration())![1]!;
    ownKey = await server.createKey('dev@example.com');
    [botKey] = (await keysFor(server, [{ kind: 'client', name: 'bot' }])) as [string];
  }, 60_000);

  afterAll(async () => {
    await server.stop();
    await upstream[Symbol.asyncDispose]();
  });

  const reconfigure = async (settings: { ackMessage: string; admins: string }) => {
    const seen = server.log.length;
    await server.configure(configurationText(databaseUrl, options(upstream.url, settings)));
    await server.nextLine(
      (line) =>
        server.log.indexOf(line) >= seen && String(line['msg']).startsWith('config.yaml reloaded'),
      15_000,
    );
  };
  const sdk = (key: string) =>
    new OpenAI({ baseURL: `${server.url}/v1`, apiKey: key, maxRetries: 0 });
  const ask = (key: string, model: string) =>
    sdk(key).chat.completions.create({ model, messages: MESSAGES });
  const idsOf = async (key: string) => (await sdk(key).models.list()).data.map(({ id }) => id);
  const get = async <T>(session: BrowserSession, path: string) =>
    (await (await session.fetch(path)).json()) as T;
  const bot = () =>
    onDatabaseOf(server, (database) =>
      database.getRepository(Client).findOneByOrFail({ name: 'bot' }),
    );

  it('tells a person why a model is refused, and logs the decision', async () => {
    const refused: unknown = await ask(ownKey, 'closed').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(PermissionDeniedError);
    expect(refused).toMatchObject({
      status: 403,
      code: 'permission_denied',
      type: 'permission_error',
      param: 'model',
      message: expect.stringContaining(
        'You may not use the model "closed" (blocked: no list names it, and access of the model closed is blocked)',
      ) as unknown,
    });
    const { requestID } = refused as PermissionDeniedError;
    const line = await server.nextLine(({ msg }) => String(msg).startsWith(`${requestID}: `));
    expect(line).toMatchObject({
      level: 'debug',
      context: 'AccessService',
      msg: `${requestID}: dev@example.com, closed, blocked: no list names it, and access of the model closed is blocked`,
    });
  });

  it('hides from /v1/models what may not be used', async () => {
    expect(await idsOf(ownKey)).toEqual(['open']);
    expect(await idsOf(botKey)).toEqual([]);
    await expect(sdk(ownKey).models.retrieve('closed')).rejects.toMatchObject({ status: 404 });
    await expect(sdk(ownKey).models.retrieve('hidden')).rejects.toMatchObject({ status: 404 });
    await expect(ask(ownKey, 'hidden')).rejects.toMatchObject({ code: 'model_not_found' });
    await expect(ask(ownKey, 'unheard-of')).rejects.toMatchObject({ code: 'model_not_found' });
  });

  it('lets a person acknowledge a model in the chat, once, with the text that was shown', async () => {
    await expect(ask(ownKey, 'lab/careful')).rejects.toMatchObject({
      status: 403,
      code: 'acknowledgement_required',
    });
    const session = await BrowserSession.start(server);
    const chatModels = () =>
      get<{ models: { id: string; access: string; acknowledgement: Access['acknowledgement'] }[] }>(
        session,
        '/chat/models',
      );
    const before = await chatModels();
    expect(before).toMatchObject({
      defaultModel: 'open',
      models: [
        { id: 'open', access: 'allowed', acknowledgement: null, notice: null },
        { id: 'lab/careful', access: 'needs_ack', notice: 'External.' },
      ],
    });
    const { text, textHash } = before.models[1]!.acknowledgement!;
    expect(text).toBe('I have read the rules.');
    const chat = { model: 'lab/careful', messages: MESSAGES };
    expect((await session.fetch('/chat/completions', 'POST', chat)).status).toBe(403);
    const given = await session.fetch('/api/acknowledgements', 'POST', {
      model: 'lab/careful',
      textHash,
    });
    expect(given.status).toBe(200);
    expect(await given.json()).toMatchObject({ access: 'allowed', decision: 'needs_ack' });
    expect(await chatModels()).toMatchObject({
      models: [{}, { id: 'lab/careful', access: 'allowed', acknowledgement: null }],
    });
    expect((await session.fetch('/chat/completions', 'POST', chat)).status).toBe(200);
    expect((await ask(ownKey, 'lab/careful')).choices[0]?.message.content).toBe('Hello');
    expect(await idsOf(ownKey)).toEqual(['open', 'lab/careful']);
    const { models } = await get<{ models: Access[] }>(session, '/api/models');
    expect(models.map(({ model, access, rule }) => [model, access, rule])).toEqual([
      ['open', 'allowed', 'global_default'],
      ['lab/careful', 'allowed', 'global_default'],
    ]);
    expect(models[1]!.acknowledgement).toMatchObject({
      text,
      acknowledgedAt: expect.stringMatching(/^20\d\d-.*Z$/) as unknown,
    });
  });

  it.each([
    [{}, 400, 'invalid_request'],
    [{ model: 'lab/careful' }, 400, 'invalid_request'],
    [{ model: 'lab/careful', textHash: 'x' }, 400, 'invalid_request'],
    [{ model: 'closed', textHash: 'x'.repeat(43) }, 403, 'permission_denied'],
    [{ model: 'hidden', textHash: 'x'.repeat(43) }, 404, 'model_not_found'],
    [{ model: 'unheard-of', textHash: 'x'.repeat(43) }, 404, 'model_not_found'],
  ])('refuses the acknowledgement %j', async (body, status, code) => {
    const session = await BrowserSession.start(server);
    const answer = await session.fetch('/api/acknowledgements', 'POST', body);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ error: { code } });
  });

  it('takes an acknowledgement for a client from its managers alone', async () => {
    const client = await bot();
    const session = await BrowserSession.start(server);
    const give = (textHash: string) =>
      session.fetch(`/api/clients/${client.id}/acknowledgements`, 'POST', {
        model: 'lab/careful',
        textHash,
      });
    await expect(ask(botKey, 'lab/careful')).rejects.toMatchObject({
      code: 'acknowledgement_required',
      message: expect.stringContaining('A manager of the client bot confirms it') as unknown,
    });
    expect((await give('x'.repeat(43))).status).toBe(404);
    expect((await session.fetch(`/api/clients/${client.id}/models`)).status).toBe(404);
    const me = await get<{ id: string }>(session, '/api/me');
    await onDatabaseOf(server, async (database) => {
      const refused = { action: 'model.acknowledge', outcome: 'refused' as const };
      expect(await database.getRepository(AuditEntry).findBy(refused)).toMatchObject([
        { actorId: me.id, objectId: client.id },
      ]);
      const row = { id: newId(), clientId: client.id, userId: me.id, createdAt: new Date() };
      await database.getRepository(ClientManager).insert(row);
    });
    const { models } = await get<{ models: Access[] }>(session, `/api/clients/${client.id}/models`);
    expect(models.map(({ model, access }) => [model, access])).toEqual([
      ['lab/careful', 'needs_ack'],
    ]);
    const stale = await give('x'.repeat(43));
    expect(stale.status).toBe(409);
    const { error } = (await stale.json()) as {
      error: { details: { text: string; textHash: string } };
    };
    expect(error.details.text).toBe('I have read the rules.');
    expect((await give(error.details.textHash)).status).toBe(200);
    await expect(ask(botKey, 'lab/careful')).resolves.toBeDefined();
    expect(await idsOf(botKey)).toEqual(['lab/careful']);
  });

  it('limits a key to some models, for lists and for use', async () => {
    const key = await server.createKey('dev@example.com', 'narrow');
    await onDatabaseOf(server, (database) =>
      database.getRepository(ApiKey).update({ name: 'narrow' }, { onlyModels: ['open', 'closed'] }),
    );
    expect(await idsOf(key)).toEqual(['open']);
    await expect(ask(key, 'open')).resolves.toBeDefined();
    await expect(ask(key, 'closed')).rejects.toMatchObject({ code: 'permission_denied' });
    await expect(ask(key, 'lab/careful')).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining('blocked: this key is limited to open, closed') as unknown,
    });
  });

  it('lets the monitoring token read the models, and nothing else', async () => {
    expect(await idsOf(MONITORING_TOKEN)).toEqual(['open', 'lab/careful', 'closed']);
    expect(await sdk(MONITORING_TOKEN).models.retrieve('lab/careful')).toMatchObject({
      id: 'lab/careful',
    });
    await expect(sdk(MONITORING_TOKEN).models.retrieve('hidden')).rejects.toMatchObject({
      status: 404,
    });
    await expect(ask(MONITORING_TOKEN, 'open')).rejects.toMatchObject({
      status: 403,
      code: 'permission_denied',
    });
    const session = await BrowserSession.start(server);
    for (const path of ['/api/me', '/api/models', '/api/keys', '/chat/models']) {
      const headers = { authorization: `Bearer ${MONITORING_TOKEN}`, cookie: session.cookie };
      expect((await fetch(`${server.url}${path}`, { headers })).status).toBe(403);
    }
    for (const token of ['', 'x', `${MONITORING_TOKEN}x`, MONITORING_TOKEN.slice(1)]) {
      const headers = { authorization: `Bearer ${token}` };
      expect((await fetch(`${server.url}/v1/models`, { headers })).status).toBe(401);
    }
  });

  it('asks again once the text is another, and shows administrators who may use what', async () => {
    const session = await BrowserSession.start(server);
    const me = await get<{ id: string }>(session, '/api/me');
    const path = `/api/admin/users/${me.id}/effective-access`;
    const refused = await session.fetch(path);
    expect([refused.status, await refused.text()]).toEqual([
      403,
      expect.stringContaining('admin or auditor') as unknown,
    ]);
    await expect(ask(ownKey, 'lab/careful')).resolves.toBeDefined();
    await reconfigure({ ackMessage: 'The rules have changed.', admins: '[dev@example.com]' });
    await expect(ask(ownKey, 'lab/careful')).rejects.toMatchObject({
      code: 'acknowledgement_required',
    });

    type Effective = { ownerName: string; groups: object[]; items: Access[]; total: number };
    const effective = await get<Effective>(session, path);
    expect(effective).toMatchObject({
      ownerName: 'dev@example.com',
      groups: [{ name: 'default', because: 'everyone' }],
      total: 4,
    });
    expect(effective.items.map(({ model, access, rule }) => [model, access, rule])).toEqual([
      ['closed', 'blocked', 'model_access'],
      ['hidden', 'blocked', 'model_disabled'],
      ['lab/careful', 'needs_ack', 'global_default'],
      ['open', 'allowed', 'global_default'],
    ]);
    expect(effective.items[1]!.explanation).toBe('blocked: the model hidden is disabled');
    const ofBot = `/api/admin/clients/${(await bot()).id}/effective-access`;
    expect(
      await get(session, `${ofBot}?access=blocked&sort=model&order=desc&search=OPE`),
    ).toMatchObject({
      ownerName: 'bot',
      total: 1,
      items: [{ model: 'open', rule: 'own_list', scope: 'client bot' }],
    });
    for (const unknown of [
      path.replace(/.{12}\/eff/, '000000000000/eff'),
      ofBot.replace('clients', 'users'),
    ]) {
      expect((await session.fetch(unknown)).status).toBe(404);
    }
    for (const query of ['access=some', 'page=0', 'sort=text', 'pageSize=201']) {
      expect((await session.fetch(`${path}?${query}`)).status).toBe(400);
    }
  });
});
