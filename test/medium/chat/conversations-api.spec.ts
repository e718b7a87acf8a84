import { describe, expect, it } from '@jest/globals';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import { chatConfiguration } from '../../support/chat/chat-scale.js';
import { writeConversation, writeMessages } from '../../support/chat/written-conversations.js';
import { InProcessLumen } from '../../support/lumen/in-process.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';

async function askerOf(lumen: InProcessLumen): Promise<string> {
  const [user] = await lumen.dataSource.query<{ id: string }[]>('SELECT id FROM users');
  return user!.id;
}

const SETTINGS = {
  systemPrompt: null,
  temperature: null,
  maxOutputTokens: null,
  reasoningEffort: null,
};
const CONVERSATIONS = '/chat/conversations';

/** `ID` stands for a conversation of the asker. */
const WRONG = [
  ['GET', '?view=mine', undefined],
  ['GET', '?limit=0', undefined],
  ['GET', '?limit=101', undefined],
  ['GET', '?limit=1e1', undefined],
  ['GET', '?cursor=x', undefined],
  ['GET', `?cursor=${'x'.repeat(101)}`, undefined],
  ['GET', '?folderId=x', undefined],
  ['GET', '/ID/messages?before=x', undefined],
  ['GET', '/ID/messages?limit=0', undefined],
  ['PATCH', '/ID', { title: '  ' }],
  ['PATCH', '/ID', { title: 'x'.repeat(201) }],
  ['PATCH', '/ID', { title: 'two\nlines' }],
  ['PATCH', '/ID', { title: 'no\u0000thing' }],
  ['PATCH', '/ID', { title: 7 }],
  ['PATCH', '/ID', { isPinned: 'yes' }],
  ['PATCH', '/ID', { isArchived: 1 }],
  ['PATCH', '/ID', { folderId: 'x' }],
  ['PATCH', '/ID', { model: '' }],
  ['PATCH', '/ID', { currentMessageId: 'x' }],
  ['PATCH', '/ID', { settings: { ...SETTINGS, temperature: 2.1 } }],
  ['PATCH', '/ID', { settings: { ...SETTINGS, temperature: 'hot' } }],
  ['PATCH', '/ID', { settings: { ...SETTINGS, maxOutputTokens: 0.5 } }],
  ['PATCH', '/ID', { settings: { ...SETTINGS, reasoningEffort: 'huge' } }],
  ['PATCH', '/ID', { settings: { ...SETTINGS, systemPrompt: 'x'.repeat(32_001) } }],
  ['PATCH', '/ID', { settings: 'none' }],
  ['PATCH', '/ID', { settings: [] }],
  ['PATCH', '/ID', { settings: [SETTINGS] }],
  ['POST', '/ID/fork', {}],
  ['POST', '/ID/fork', { messageId: 'x' }],
] as const;

describe('the addresses of conversations', () => {
  it('refuse what is wrong, say why, and change nothing', async () => {
    await using lumen = await InProcessLumen.start('sqlite', chatConfiguration);
    const { id } = await writeConversation(lumen.dataSource, await askerOf(lumen));
    await writeMessages(lumen.dataSource, id, [{ name: 'q0' }]);
    const before = await lumen.ask('GET', `${CONVERSATIONS}/${id}`);
    for (const [method, address, sent] of WRONG) {
      const answer = await lumen.ask(method, CONVERSATIONS + address.replace('ID', id), sent);
      const error = { code: 'invalid_request', message: expect.any(String) };
      expect([method, address, sent, answer]).toMatchObject([
        method,
        address,
        sent,
        { status: 400, body: { error } },
      ]);
    }
    const { body } = await lumen.ask('GET', `${CONVERSATIONS}/${id}`);
    expect(body).toEqual(before.body);
  });

  it.each([undefined, null, [], [SETTINGS], 'none', { ...SETTINGS, temperature: 3 }])(
    'refuse a preset and a conversation whose settings are %j',
    async (settings) => {
      await using lumen = await InProcessLumen.start('sqlite', chatConfiguration);
      const error = {
        code: 'invalid_request',
        message: expect.stringMatching(/settings|temperature/),
      };
      const refused = { status: 400, body: { error } };
      const preset = { name: 'Mine', settings };
      expect(await lumen.ask('POST', '/chat/presets', preset)).toMatchObject(refused);
      const address = `/chat/presets/${newId()}`;
      expect(await lumen.ask('PUT', address, preset)).toMatchObject(refused);
      if (settings === undefined || settings === null) return;
      const question = { id: newId(), content: 'x', models: ['dummy'], settings };
      expect(await lumen.ask('POST', CONVERSATIONS, question)).toMatchObject(refused);
    },
  );
});

const of = (id: string, messageId: string) =>
  [
    ['GET', `${CONVERSATIONS}/${id}`],
    ['PATCH', `${CONVERSATIONS}/${id}`, { title: 'Mine' }],
    ['DELETE', `${CONVERSATIONS}/${id}`],
    ['POST', `${CONVERSATIONS}/${id}/restoration`],
    ['POST', `${CONVERSATIONS}/${id}/fork`, { messageId }],
    ['GET', `${CONVERSATIONS}/${id}/messages`],
    ['DELETE', `${CONVERSATIONS}/${id}/messages/${messageId}`],
    ['PATCH', `/chat/folders/${id}`, { name: 'Mine' }],
    ['DELETE', `/chat/folders/${id}`],
    ['PUT', `/chat/presets/${id}`, { name: 'Mine', model: null, settings: SETTINGS }],
    ['DELETE', `/chat/presets/${id}`],
  ] as const;

describe.each(DIALECTS)('the addresses of conversations on %s', (dialect) => {
  it('know nothing of another person, of nobody, and of what is no id', async () => {
    await using lumen = await InProcessLumen.start(dialect, chatConfiguration);
    const { id } = await writeConversation(lumen.dataSource, await askerOf(lumen), {
      title: 'Private',
    });
    const ids = await writeMessages(lumen.dataSource, id, [{ name: 'q0' }]);
    const folder = await lumen.ask('POST', '/chat/folders', { name: ' Private ' });
    expect(folder).toMatchObject({ status: 201, body: { name: 'Private' } });
    const preset = { name: 'Private', model: null, settings: SETTINGS };
    const { body } = await lumen.ask('POST', '/chat/presets', preset);
    const folderId = (folder.body as { id: string }).id;
    await lumen.logInAs('eve@example.edu');
    for (const foreign of [id, folderId, (body as { id: string }).id, newId(), 'x', '%00']) {
      for (const [method, address, sent] of of(foreign, ids['q0']!)) {
        const answer = await lumen.ask(method, address, sent);
        const error = { code: 'not_found', message: expect.any(String) };
        expect([method, address, answer]).toMatchObject([
          method,
          address,
          { status: 404, body: { error } },
        ]);
      }
    }
    expect(await lumen.ask('GET', CONVERSATIONS)).toMatchObject({
      body: { conversations: [], nextCursor: null },
    });
    await lumen.logInAs('ada@example.edu');
    expect(await lumen.ask('GET', `${CONVERSATIONS}/${id.toUpperCase()}`)).toMatchObject({
      status: 200,
      body: { conversation: { title: 'Private' } },
    });
    expect(await lumen.ask('GET', '/chat/folders')).toMatchObject({
      body: { folders: [{ name: 'Private' }] },
    });
    expect(await lumen.ask('GET', '/chat/presets')).toMatchObject({ body: { presets: [preset] } });
  });

  it('do what they say', async () => {
    await using lumen = await InProcessLumen.start(dialect, chatConfiguration);
    const { id } = await writeConversation(lumen.dataSource, await askerOf(lumen));
    const ids = await writeMessages(lumen.dataSource, id, [
      { name: 'q0' },
      { name: 'a0', after: 'q0' },
    ]);
    const address = `${CONVERSATIONS}/${id}`;
    const change = { title: ' Named ', currentMessageId: ids['q0'], isPinned: null };
    expect(await lumen.ask('PATCH', address, change)).toMatchObject({
      status: 200,
      body: { title: 'Named', currentMessageId: ids['a0'], isPinned: false },
    });
    const fork = await lumen.ask('POST', `${address}/fork`, { messageId: ids['q0'] });
    expect(fork).toMatchObject({ status: 201, body: { title: 'Named' } });
    const page = await lumen.ask('GET', `${address}/messages?limit=1`);
    expect(page).toMatchObject({ body: { messages: [{ id: ids['a0'] }], hasEarlier: true } });
    expect(await lumen.ask('DELETE', `${address}/messages/${ids['a0']}`)).toMatchObject({
      status: 200,
      body: { currentMessageId: ids['q0'] },
    });
    expect(await lumen.ask('DELETE', address)).toMatchObject({ status: 204, body: null });
    expect(await lumen.ask('POST', `${address}/restoration`)).toMatchObject({
      status: 200,
      body: { id },
    });
  });
});
