import { type ConsoleStage } from './console-stage.js';
import { startModelsStage } from './models-stage.js';
import { fillPlace } from './usage/used-place.js';

const GROUPS = `
  staff:
    description: People who work here
    rules: [{ field: affiliation, contains: staff@ }]
    max: 100
`;
const EXTRA = `
users:
  user@example.edu: { groups: [staff], max: 100, refresh: 1 }
`;

const PROVIDER = {
  name: 'Ours',
  slug: 'ours',
  type: 'custom',
  apiKey: 'sk-secret-of-the-backend-1234567890',
  models: ['gpt-small', 'org/other'],
  isDefault: true,
};

/** What the addresses of some pages need. */
export interface FilledPlace {
  readonly stage: ConsoleStage;
  readonly client: string;
  readonly person: string;
}

/**
 * A stage on which no page of the consoles is empty: two months of requests of forty people, models
 * from the file and of a provider, groups, a client, keys, an announcement to come and terms withdrawn.
 */
export async function startFilledStage(): Promise<FilledPlace> {
  const stage = await startModelsStage({ groups: GROUPS, extra: EXTRA });
  try {
    return await fill(stage);
  } catch (error) {
    await stage[Symbol.asyncDispose]();
    throw error;
  }
}

async function fill(stage: ConsoleStage): Promise<FilledPlace> {
  await fillPlace(stage.server, 'user@example.edu');
  const send = (method: string, path: string, data?: object) =>
    stage.send('superadmin', method, path, data);
  await send('POST', '/providers', { ...PROVIDER, baseUrl: stage.upstream.url });
  for (const model of ['scripted', 'scripted', 'ours/gpt-small']) {
    const messages = [{ role: 'user', content: 'Ping' }];
    await stage.send('user', 'POST', '/chat/completions', { model, messages });
  }
  await stage.send('user', 'POST', '/api/keys', { name: 'Laptop' });
  await send('POST', '/api/admin/groups', {
    name: 'shared',
    description: 'Whoever works with the shared instruments',
    rules: [{ field: 'affiliation', contains: 'member@' }],
  });
  const client = await send('POST', '/api/admin/clients', {
    name: 'research-bot',
    description: 'Reads papers at night',
    ownerEmail: 'user@example.edu',
  });
  await send('POST', '/api/admin/announcements', {
    severity: 'warning',
    title: 'Maintenance on Friday',
    text: 'From **18:00** on.',
    audience: 'signed_in',
    groups: [],
    isDismissible: true,
    startsAt: new Date(Date.now() + 86_400_000).toISOString(),
    endsAt: null,
  });
  await send('POST', '/api/admin/terms', { text: '## Be kind', changes: '', basedOn: 0 });
  await send('POST', '/api/terms/acceptance', { version: 1 });
  await send('DELETE', '/api/admin/terms/1');
  const found = await send('GET', '/api/admin/users?search=user@example.edu');
  const [person] = (found as { items: { id: string }[] }).items;
  return { stage, client: (client as { id: string }).id, person: person!.id };
}
