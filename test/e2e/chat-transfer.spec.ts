import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readZip } from '../support/chat/read-zip.js';
import { BrowserSession } from '../support/lumen/browser-session.js';
import { type Dialect, DIALECTS, LumenServer } from '../support/lumen/lumen-server.js';
import { sessionOf } from '../support/lumen/session-of.js';
import { until } from '../support/until.js';

const MIB = 2 ** 20;

interface Listed {
  conversations: { id: string; title: string }[];
}

const chat = (title: string, ...said: string[]) => ({
  title,
  chat: {
    history: {
      messages: Object.fromEntries(
        said.map((content, turn) => [
          `${turn}`,
          {
            parentId: turn === 0 ? null : `${turn - 1}`,
            role: turn % 2 ? 'assistant' : 'user',
            model: 'llama3',
            content,
          },
        ]),
      ),
      currentId: `${said.length - 1}`,
    },
  },
});

/** Sends a file as a browser does. */
function upload(session: BrowserSession, server: LumenServer, content: string | Buffer[]) {
  const form = new FormData();
  const parts = (typeof content === 'string' ? [content] : content) as BlobPart[];
  form.set('file', new Blob(parts, { type: 'application/json' }), 'conversations.json');
  return send(session, server, form);
}

function send(session: BrowserSession, server: LumenServer, body: BodyInit, type?: string) {
  const headers: Record<string, string> = {
    cookie: session.cookie,
    'x-csrf-token': session.csrfToken,
    ...(type && { 'content-type': type }),
  };
  return fetch(`${server.url}/chat/imports`, { method: 'POST', headers, body });
}

async function refusalOf(answer: Response): Promise<[number, string]> {
  const { error } = (await answer.json()) as { error: { code: string } };
  return [answer.status, error.code];
}

async function bringIn(session: BrowserSession, server: LumenServer, ...chats: object[]) {
  const answer = await upload(session, server, JSON.stringify(chats));
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ imported: chats.length, skippedCount: 0 });
  const listed = (await (await session.fetch('/chat/conversations')).json()) as Listed;
  return listed.conversations;
}

describe.each(DIALECTS)('chats that come and go on %s', (dialect: Dialect) => {
  let server: LumenServer;
  let ada: BrowserSession;
  let ben: BrowserSession;

  beforeAll(async () => {
    server = await LumenServer.start({ dialect });
    ada = await BrowserSession.start(server);
    ben = await sessionOf('ben@example.com', server);
  });

  afterAll(() => server.stop());

  const imported = async (title: string, ...said: string[]) => {
    const conversations = await bringIn(ada, server, chat(title, ...said));
    return conversations.find((each) => each.title === title)!.id;
  };

  it('are imported, found, exported and imported again', async () => {
    const id = await imported('Reise nach "Rom"', 'Wohin im Frühling?', 'Nach Rom.');
    const found = await ada.fetch(`/chat/search?${new URLSearchParams({ q: 'frühl' })}`);
    expect(await found.json()).toMatchObject({
      hits: [
        {
          conversation: { id },
          snippet: [{ isMatch: false }, { text: 'Frühling', isMatch: true }, { text: '?' }],
        },
      ],
      nextCursor: null,
    });

    const markdown = await ada.fetch(`/chat/conversations/${id}/export`);
    expect(markdown.headers.get('content-type')).toBe('text/markdown; charset=utf-8');
    expect(markdown.headers.get('x-content-type-options')).toBe('nosniff');
    expect(markdown.headers.get('content-disposition')).toBe(
      `attachment; filename="Reise nach Rom.md"; filename*=UTF-8''Reise%20nach%20Rom.md`,
    );
    expect(await markdown.text()).toMatch(/## Answer by llama3\n\n\*.* UTC\*\n\nNach Rom\.\n$/);

    const json = await ada.fetch(`/chat/conversations/${id}/export?format=json`);
    const text = await json.text();
    expect(JSON.parse(text)).toMatchObject({ format: 'lumen-conversation', id });
    expect(await (await upload(ada, server, text)).json()).toMatchObject({ imported: 1 });
    const refused = await ada.fetch(`/chat/conversations/${id}/export?format=pdf`);
    expect(await refusalOf(refused)).toEqual([400, 'invalid_request']);
  });

  it('are exported together, as they are read', async () => {
    const id = await imported('Für das Archiv', 'Frage', 'Antwort');
    const answer = await ada.fetch('/chat/export');
    expect(answer.headers.get('content-type')).toBe('application/zip');
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="Lumen .*zip"/,
    );
    expect(answer.headers.get('content-length')).toBeNull();
    const files = readZip(Buffer.from(await answer.arrayBuffer()));
    const mine = [...files.keys()].filter((path) => path.includes(id.slice(-12)));
    expect(mine.map((path) => path.split('.').at(-1))).toEqual(['md', 'json']);
    expect(files.has('lumen.json')).toBe(true);

    const others = await ben.fetch('/chat/export');
    expect([...readZip(Buffer.from(await others.arrayBuffer())).keys()]).toEqual(['lumen.json']);
  });

  it('are read by others while they are shared', async () => {
    const id = await imported('Geteilt', 'Frage', 'Antwort');
    const shared = await ada.fetch(`/chat/conversations/${id}/share`, 'POST');
    const share = (await shared.json()) as { id: string };
    const read = await ben.fetch(`/chat/shared/${share.id}`);
    expect(await read.json()).toMatchObject({
      title: 'Geteilt',
      isMine: false,
      messages: [{ content: 'Frage' }, { content: 'Antwort', model: 'llama3' }],
    });
    const stranger = await fetch(`${server.url}/chat/shared/${share.id}`);
    expect(await refusalOf(stranger)).toEqual([401, 'login_required']);
    expect(await refusalOf(await ben.fetch(`/chat/shares/${share.id}`, 'DELETE'))).toEqual([
      404,
      'not_found',
    ]);
    expect((await ada.fetch(`/chat/shares/${share.id}`, 'DELETE')).status).toBe(204);
    expect(await refusalOf(await ben.fetch(`/chat/shared/${share.id}`))).toEqual([
      404,
      'not_found',
    ]);
  });

  it('are nothing to others', async () => {
    const id = await imported('Privat', 'streng geheim', 'Antwort');
    const notFound = [404, 'not_found'];
    for (const other of [id, randomUUID(), 'x']) {
      const path = `/chat/conversations/${other}`;
      expect(await refusalOf(await ben.fetch(`${path}/export`))).toEqual(notFound);
      expect(await refusalOf(await ben.fetch(`${path}/share`, 'POST'))).toEqual(notFound);
    }
    const found = await ben.fetch('/chat/search?q=geheim&in=all');
    expect(await found.json()).toEqual({ hits: [], nextCursor: null });
  });

  it.each([
    ['no words', ''],
    ['too many', `q=${'x'.repeat(201)}`],
    ['another place', 'q=x&in=everywhere'],
    ['another cursor', 'q=x&cursor=x'],
    ['an unknown filter', 'q=x&owner=1'],
    ['no folder', 'q=x&folderId=1'],
  ])('are not searched for %s', async (_case, query) => {
    const answer = await ada.fetch(`/chat/search?${query}`);
    expect(await refusalOf(answer)).toEqual([400, 'invalid_request']);
  });

  it('are taken of files as hostile as they come', async () => {
    const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
    const file = `[${deep},${JSON.stringify(chat('Danach', 'x'))},{"mapping":{"__proto__":{}}}`;
    const answer = await upload(ada, server, file);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      imported: 1,
      skippedCount: 2,
      skipped: [
        { name: 'Conversation 1', reason: 'It was skipped: it is nested too deeply.' },
        { name: 'Conversation 3' },
      ],
    });
  });

  it('are taken of a file in which one is too large', async () => {
    const start = Buffer.from('[{"title":"');
    const filling = Buffer.alloc(65 * MIB, 'x');
    const end = Buffer.from(`"},${JSON.stringify(chat('Klein', 'x'))}]`);
    const answer = await upload(ada, server, [start, filling, end]);
    expect(await answer.json()).toMatchObject({
      imported: 1,
      skipped: [{ name: 'Conversation 1', reason: 'It was skipped: it is too large.' }],
    });
  }, 60_000);

  it.each<[string, string, string | undefined, [number, string]]>([
    ['JSON without a form', '{}', 'application/json', [415, 'unsupported_media_type']],
    ['no boundary', 'x', 'multipart/form-data', [400, 'invalid_request']],
    ['no parts', '--x--\r\n', 'multipart/form-data; boundary=x', [400, 'missing_field']],
  ])('are not taken of %s', async (_case, body, type, refusal) => {
    expect(await refusalOf(await send(ada, server, body, type))).toEqual(refusal);
  });

  it.each(['PK\u0003\u0004…', 'text', '<html>', '"text"'])(
    'are not taken of %j',
    async (content) => {
      expect(await refusalOf(await upload(ada, server, content))).toEqual([400, 'invalid_request']);
    },
  );

  it('are taken only with the token of the page, and of who is signed in', async () => {
    const form = new FormData();
    form.set('file', new Blob(['[]']), 'x.json');
    const url = `${server.url}/chat/imports`;
    const { cookie } = ada;
    const stranger = await fetch(url, { method: 'POST', body: form });
    expect(await refusalOf(stranger)).toEqual([401, 'login_required']);
    const foreign = await fetch(url, { method: 'POST', body: form, headers: { cookie } });
    expect(await refusalOf(foreign)).toEqual([403, 'csrf_token_invalid']);
  });
});

describe('an export that nobody takes', () => {
  it('waits, is one at a time, and ends with whoever asked for it', async () => {
    await using server = await LumenServer.start();
    const ada = await BrowserSession.start(server);
    // What cannot be packed well, so that it does not fit into what lies between two sockets.
    const noise = () => Array.from({ length: 20_000 }, () => randomUUID()).join(' ');
    for (let n = 0; n < 12; n += 1) await bringIn(ada, server, chat(`${n}`, noise(), noise()));
    const leaving = new AbortController();
    const headers = { cookie: ada.cookie };
    const url = `${server.url}/chat/export`;
    const first = await fetch(url, { headers, signal: leaving.signal });
    expect(first.status).toBe(200);
    const second = await fetch(url, { headers });
    expect(await refusalOf(second)).toEqual([429, 'rate_limit_exceeded']);
    leaving.abort();
    let archive = Buffer.alloc(0);
    await until(async () => {
      const again = await fetch(url, { headers });
      archive = Buffer.from(await again.arrayBuffer());
      return again.status === 200;
    });
    const files = readZip(archive);
    expect(files.size).toBe(25);
  }, 60_000);
});
