import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BrowserSession } from '../support/lumen/browser-session.js';
import { type LumenServer } from '../support/lumen/lumen-server.js';
import { modelWith } from '../support/lumen/models.js';
import { sessionOf, startAs } from '../support/lumen/session-of.js';
import { chunkText, DONE, ScriptedUpstream, stream } from '../support/scripted-upstream.js';

describe('terms of use and announcements over the wire', () => {
  const running = new AsyncDisposableStack();
  let server: LumenServer;
  let admin: BrowserSession;
  let ada: BrowserSession;
  let upstream: ScriptedUpstream;

  beforeAll(async () => {
    upstream = running.use(await ScriptedUpstream.start());
    const options = { models: modelWith('m', { url: upstream.url }) };
    server = running.use(await startAs('admin@example.com', options));
    admin = await BrowserSession.start(server);
    ada = await sessionOf('ada@example.com', server, options);
  }, 60_000);

  afterAll(() => running.disposeAsync());

  const announcement = {
    severity: 'warning',
    title: 'Maintenance',
    text: '<script>alert(1)</script>',
    audience: 'everyone',
    groups: [],
    isDismissible: false,
    startsAt: '2020-01-01T00:00:00Z',
    endsAt: null,
  };
  const shown = async (path: string, session?: BrowserSession) => {
    const answer = await (session ? session.fetch(path) : fetch(`${server.url}${path}`));
    return ((await answer.json()) as { announcements: { title: string }[] }).announcements;
  };

  it('an administrator announces, everyone reads, and nobody else may', async () => {
    expect((await ada.fetch('/api/admin/announcements')).status).toBe(403);
    expect((await ada.fetch('/api/admin/announcements', 'POST', announcement)).status).toBe(403);
    const made = await admin.fetch('/api/admin/announcements', 'POST', announcement);
    expect(made.status).toBe(201);
    expect(await shown('/api/announcements/public')).toMatchObject([{ title: 'Maintenance' }]);
    const [mine] = await shown('/api/announcements', ada);
    expect(mine).toMatchObject({ title: 'Maintenance', text: announcement.text });
    expect(mine).not.toHaveProperty('audience');
    const { id } = (await made.json()) as { id: string };
    expect((await admin.fetch(`/api/admin/announcements/${id}`, 'DELETE')).status).toBe(204);
    expect(await shown('/api/announcements/public')).toEqual([]);
  });

  it.each([
    ['title', { title: '   ' }],
    ['title', { title: 'two\nlines' }],
    ['severity', { severity: 'shouting' }],
    ['audience', { audience: 'nobody' }],
    ['groups', { audience: 'groups', groups: [] }],
    ['startsAt', { startsAt: 'tomorrow' }],
    ['endsAt', { endsAt: '2019-01-01T00:00:00Z' }],
    ['text', { text: 'x'.repeat(10_001) }],
  ])('an announcement is refused at the field %s', async (field, more) => {
    const body = { ...announcement, ...more };
    const answer = await admin.fetch('/api/admin/announcements', 'POST', body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      error: { details: { fields: { [field]: [expect.any(String)] } } },
    });
  });

  it('who has not agreed can read and leave, but not ask; keys go on working', async () => {
    const made = await ada.fetch('/api/keys', 'POST', { name: 'laptop' });
    const { key } = (await made.json()) as { key: string };
    expect((await ada.fetch('/api/admin/terms', 'POST', {})).status).toBe(403);
    const terms = { text: 'Be kind.', changes: '', basedOn: 0 };
    expect((await admin.fetch('/api/admin/terms', 'POST', terms)).status).toBe(201);

    const question = { model: 'm', messages: [{ role: 'user', content: 'hi' }] };
    const refused = await ada.fetch('/chat/completions', 'POST', question);
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ error: { code: 'terms_not_accepted' } });
    expect((await ada.fetch('/api/keys', 'POST', { name: 'another' })).status).toBe(403);
    expect((await ada.fetch('/chat/conversations')).status).toBe(200);

    upstream.next(stream(chunkText('hello'), DONE));
    const byKey = await fetch(`${server.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...question, stream: true }),
    });
    expect(byKey.status).toBe(200);
    await byKey.text();

    expect((await ada.fetch('/api/terms/acceptance', 'POST', { version: 2 })).status).toBe(409);
    const agreed = await ada.fetch('/api/terms/acceptance', 'POST', { version: 1 });
    expect(await agreed.json()).toMatchObject({
      terms: { version: 1, text: 'Be kind.' },
      acceptedAt: expect.any(String) as unknown,
    });
    expect((await ada.fetch('/api/keys', 'POST', { name: 'another' })).status).toBe(201);
  });
});
