import { describe, expect, it } from '@jest/globals';
import { type ConversationView } from '../../../server/src/chat/conversations/conversations.dto.js';
import { ConversationsService } from '../../../server/src/chat/conversations/conversations.service.js';
import { FoldersService } from '../../../server/src/chat/conversations/folders.service.js';
import { personOf } from '../../support/chat/chat-people.js';
import { BEGUN_MS, writeConversation } from '../../support/chat/written-conversations.js';
import { TestApplication } from '../../support/lumen/application.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';

interface Listed {
  title: string;
  atMs: number;
  is?: 'pinned' | 'archived' | 'removed';
  folderId?: string;
}

async function withConversations(app: TestApplication) {
  const userId = await personOf(app, 'ada');
  const service = app.context.get(ConversationsService);
  const write = ({ title, atMs, is, folderId }: Listed, ownerId = userId) =>
    writeConversation(app.dataSource, ownerId, {
      title,
      updatedAt: new Date(BEGUN_MS + atMs),
      isPinned: is === 'pinned',
      isArchived: is === 'archived',
      removedAt: is === 'removed' ? new Date(BEGUN_MS) : null,
      ...(folderId !== undefined && { folderId }),
    });
  const titles = async (view: ConversationView, folderId?: string) => {
    const { conversations } = await service.list(userId, { view, limit: 100, folderId });
    return conversations.map(({ title }) => title);
  };
  return { userId, service, write, titles };
}

describe.each(DIALECTS)('the list of conversations on %s', (dialect) => {
  it('has views, newest first', async () => {
    await using app = await TestApplication.start(dialect);
    const { userId, service, write, titles } = await withConversations(app);
    const folder = await app.context.get(FoldersService).create(userId, 'Thesis');
    const folderId = folder.id;
    await write({ title: 'old', atMs: 1, folderId });
    await write({ title: 'new', atMs: 5 });
    await write({ title: 'pinned', atMs: 3, is: 'pinned', folderId });
    await write({ title: 'archived', atMs: 4, is: 'archived', folderId });
    const both = await write({ title: 'archived and pinned', atMs: 2, is: 'archived' });
    await service.update(userId, both.id, { isPinned: true });
    await write({ title: 'removed', atMs: 6, is: 'removed', folderId });
    await write({ title: 'not mine', atMs: 7 }, await personOf(app, 'eve'));
    expect(await titles('recent')).toEqual(['new', 'old']);
    expect(await titles('pinned')).toEqual(['pinned']);
    expect(await titles('archived')).toEqual(['archived', 'archived and pinned']);
    expect(await titles('recent', folderId)).toEqual(['pinned', 'old']);
    expect(await titles('pinned', folderId.toUpperCase())).toEqual(['pinned']);
    expect(await titles('archived', folderId)).toEqual(['archived']);
  });

  it('is paged without a gap or a repetition where two views meet', async () => {
    await using app = await TestApplication.start(dialect);
    const { userId, service, write } = await withConversations(app);
    for (let n = 0; n < 10; n += 1) {
      const { id } = await write({ title: `${n}`, atMs: Math.floor(n / 3), is: 'archived' });
      if (n % 2 === 0) await service.update(userId, id, { isPinned: true });
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await service.list(userId, { view: 'archived', limit: 3, cursor });
      seen.push(...page.conversations.map(({ title }) => title));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen.map(Number)).toEqual(Array.from({ length: 10 }, (_, n) => 9 - n));
  });

  it('is paged without a gap or a repetition while others come and go', async () => {
    await using app = await TestApplication.start(dialect);
    const { userId, service, write } = await withConversations(app);
    // Many of one moment: their ids are what keeps them apart.
    for (let n = 0; n < 25; n += 1) await write({ title: `${n}`, atMs: Math.floor(n / 5) });
    const seen: string[] = [];
    let cursor: string | undefined;
    for (let pages = 0; pages < 9; pages += 1) {
      const page = await service.list(userId, { view: 'recent', limit: 3, cursor });
      seen.push(...page.conversations.map(({ title }) => title));
      await write({ title: 'later', atMs: 100 + pages });
      const [first] = page.conversations;
      if (pages % 2 === 0) await service.remove(userId, first!.id);
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(seen.map(Number)).toEqual(Array.from({ length: 25 }, (_, n) => 24 - n));
  });

  it('says when there is no further page', async () => {
    await using app = await TestApplication.start(dialect);
    const { userId, service, write } = await withConversations(app);
    const page = () => service.list(userId, { view: 'recent', limit: 2 });
    expect(await page()).toEqual({ conversations: [], nextCursor: null });
    await write({ title: 'one', atMs: 1 });
    await write({ title: 'two', atMs: 2 });
    expect(await page()).toMatchObject({ nextCursor: null });
    await write({ title: 'three', atMs: 3 });
    const { nextCursor } = await page();
    const last = await service.list(userId, { view: 'recent', limit: 2, cursor: nextCursor! });
    expect(last).toMatchObject({ conversations: [{ title: 'one' }], nextCursor: null });
    await expect(
      service.list(userId, { view: 'recent', limit: 2, cursor: 'not-a-cursor' }),
    ).rejects.toMatchObject({ code: 'invalid_request' });
  });
});
