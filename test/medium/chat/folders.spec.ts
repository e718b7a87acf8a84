import { describe, expect, it } from '@jest/globals';
import { Folder } from '../../../server/src/chat/conversations/folder.entity.js';
import { ConversationsService } from '../../../server/src/chat/conversations/conversations.service.js';
import { FoldersService } from '../../../server/src/chat/conversations/folders.service.js';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import { personOf } from '../../support/chat/chat-people.js';
import { BEGUN_MS, writeConversation } from '../../support/chat/written-conversations.js';
import { TestApplication } from '../../support/lumen/application.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';

describe.each(DIALECTS)('folders on %s', (dialect) => {
  it('are made, named and deleted; what was in one stays', async () => {
    await using app = await TestApplication.start(dialect);
    const userId = await personOf(app, 'ada');
    const folders = app.context.get(FoldersService);
    const { id } = await folders.create(userId, 'week 10');
    await folders.create(userId, 'Week 2');
    await folders.create(userId, 'Über');
    const names = async () => (await folders.list(userId)).folders.map(({ name }) => name);
    expect(await names()).toEqual(['Über', 'Week 2', 'week 10']);
    expect(await folders.rename(userId, id, 'Archive')).toEqual({ id, name: 'Archive' });
    expect(await names()).toEqual(['Archive', 'Über', 'Week 2']);
    const inside = await writeConversation(app.dataSource, userId, { folderId: id });
    await folders.remove(userId, id);
    expect(await names()).toEqual(['Über', 'Week 2']);
    const { conversation } = await app.context.get(ConversationsService).open(userId, inside.id);
    expect(conversation.folderId).toBeNull();
    await expect(folders.remove(userId, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(folders.rename(userId, id, 'x')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('of another person are not there', async () => {
    await using app = await TestApplication.start(dialect);
    const userId = await personOf(app, 'ada');
    const eve = await personOf(app, 'eve');
    const folders = app.context.get(FoldersService);
    const { id } = await folders.create(userId, 'Private');
    expect(await folders.list(eve)).toEqual({ folders: [] });
    for (const attempt of [
      () => folders.find(eve, id),
      () => folders.rename(eve, id, 'x'),
      () => folders.remove(eve, id),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: 'not_found' });
    }
    expect(await folders.list(userId)).toEqual({ folders: [{ id, name: 'Private' }] });
  });

  it('come to an end', async () => {
    await using app = await TestApplication.start(dialect);
    const userId = await personOf(app, 'ada');
    const rows = Array.from({ length: 500 }, (_, n) => ({
      id: newId(),
      userId,
      name: `${n}`,
      createdAt: new Date(BEGUN_MS),
    }));
    await app.dataSource.manager.insert(Folder, rows);
    const folders = app.context.get(FoldersService);
    await expect(folders.create(userId, 'one more')).rejects.toMatchObject({ code: 'conflict' });
    await folders.remove(userId, rows[0]!.id);
    await folders.create(userId, 'one more');
  });
});
