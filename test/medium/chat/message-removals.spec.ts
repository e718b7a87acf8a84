import { describe, expect, it } from '@jest/globals';
import { AttachmentPart } from '../../../server/src/chat/attachments/attachment-part.entity.js';
import { Attachment } from '../../../server/src/chat/attachments/attachment.entity.js';
import { AttachmentsService } from '../../../server/src/chat/attachments/attachments.service.js';
import { ConversationsService } from '../../../server/src/chat/conversations/conversations.service.js';
import { ListConversationsDto } from '../../../server/src/chat/conversations/conversations.dto.js';
import { Conversation } from '../../../server/src/chat/conversations/conversation.entity.js';
import { Message } from '../../../server/src/chat/messages/message.entity.js';
import { MessagesService } from '../../../server/src/chat/messages/messages.service.js';
import { DeletedConversationsService } from '../../../server/src/chat/retention/deleted-conversations.service.js';
import { SearchChatsDto } from '../../../server/src/chat/search/search.dto.js';
import { SearchIndexService } from '../../../server/src/chat/search/search-index.service.js';
import { SearchService } from '../../../server/src/chat/search/search.service.js';
import { ClockService } from '../../../server/src/infrastructure/clock/clock.service.js';
import { giveFile } from '../../support/chat/attached-files.js';
import { personOf } from '../../support/chat/chat-people.js';
import {
  dialogue,
  type Said,
  show,
  writeConversation,
  writeMessages,
} from '../../support/chat/written-conversations.js';
import { TestApplication } from '../../support/lumen/application.js';
import { DIALECTS, type Dialect } from '../../support/lumen/lumen-server.js';
import { moveTime } from '../../support/moving-clock.js';

const SAID: Said[] = [...dialogue(2), { name: 'q0b' }];
const MINUTE_MS = 60_000;
const NOT_FOUND = { code: 'not_found' };

async function start(dialect: Dialect, remove: 'delete' | 'hide' = 'delete') {
  const app = await TestApplication.start(dialect, { extra: `chat: { remove: ${remove} }` });
  const time = moveTime(app.context.get(ClockService));
  const userId = await personOf(app, 'ada');
  const { id } = await writeConversation(app.dataSource, userId);
  const ids = await writeMessages(app.dataSource, id, SAID);
  await show(app.dataSource, id, ids['a1']!);
  const messages = app.context.get(MessagesService);
  return {
    app,
    userId,
    id,
    ids,
    remove: (name: string) => messages.remove(userId, id, ids[name]!),
    restore: (name: string) => messages.restore(userId, id, ids[name]!),
    open: () => app.context.get(ConversationsService).open(userId, id),
    count: () => app.dataSource.manager.countBy(Message, { conversationId: id }),
    /** What the time for undoing leaves. */
    sweep: () => {
      time.forward(MINUTE_MS);
      return app.context.get(DeletedConversationsService).removeDeleted();
    },
    attach: (name: string, attachmentIds: string[]) =>
      app.dataSource.transaction((manager) => {
        const target = { userId, conversationId: id, messageId: ids[name]! };
        return app.context.get(AttachmentsService).attach(manager, target, attachmentIds);
      }),
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}

describe.each(DIALECTS)('a deleted message on %s', (dialect) => {
  it('comes back with all that went with it, and can be found again', async () => {
    await using chat = await start(dialect);
    const { app, userId, id, ids } = chat;
    await chat.attach('q1', [(await giveFile(app, userId)).id]);
    const place = { userId, conversationId: id };
    const content = 'What q1 says';
    await app.dataSource.transaction((manager) =>
      app.context.get(SearchIndexService).putMessage(manager, place, { id: ids['q1']!, content }),
    );
    const found = async () => {
      const query = Object.assign(new SearchChatsDto(), { q: 'q1' });
      const { hits } = await app.context.get(SearchService).search(userId, query);
      return hits.map(({ messageId }) => messageId);
    };
    const before = await chat.open();
    expect(await found()).toEqual([ids['q1']]);
    expect(await chat.remove('a0')).toEqual({ currentMessageId: ids['q0'] });
    expect(await found()).toEqual([]);
    expect((await chat.open()).messages).toHaveLength(1);
    expect(await chat.restore('a0')).toEqual({ currentMessageId: ids['a1'] });
    expect(await chat.open()).toEqual(before);
    expect(await found()).toEqual([ids['q1']]);
    expect(await app.dataSource.manager.count(Conversation)).toBe(1);
  });

  it('is gone for good once that cannot be undone any more', async () => {
    await using chat = await start(dialect);
    await chat.remove('q1');
    expect(await chat.sweep()).toBe(1);
    await expect(chat.restore('q1')).rejects.toMatchObject(NOT_FOUND);
    expect(await chat.app.dataSource.manager.count(Message)).toBe(SAID.length - 2);
    expect((await chat.open()).messages).toHaveLength(2);
  });

  it('is kept where it is only hidden, and nobody sees it', async () => {
    await using chat = await start(dialect, 'hide');
    await chat.remove('q1');
    expect(await chat.sweep()).toBe(0);
    const conversations = chat.app.context.get(ConversationsService);
    const list = await conversations.list(chat.userId, new ListConversationsDto());
    expect(list.conversations.map(({ id }) => id)).toEqual([chat.id]);
    await chat.restore('q1');
    expect(await chat.count()).toBe(SAID.length);
  });

  it('comes back after what it follows, and not without', async () => {
    await using chat = await start(dialect);
    await chat.remove('a1');
    await chat.remove('q1');
    await expect(chat.restore('a1')).rejects.toMatchObject({ code: 'conflict' });
    await chat.restore('q1');
    await chat.restore('a1');
    expect(await chat.count()).toBe(SAID.length);
    for (const name of ['a1', 'q0']) {
      await expect(chat.restore(name)).rejects.toMatchObject(NOT_FOUND);
    }
  });

  it('takes along what was attached to it alone, and nothing else', async () => {
    await using chat = await start(dialect);
    const { app, userId } = chat;
    const [alone, shared, waiting] = [
      await giveFile(app, userId),
      await giveFile(app, userId),
      await giveFile(app, userId),
    ];
    await chat.attach('q0', [alone.id, shared.id]);
    await chat.attach('q0b', [shared.id]);
    await chat.remove('q0');
    await chat.sweep();
    const left = (await app.dataSource.manager.find(Attachment)).map(({ id }) => id);
    expect(left.sort()).toEqual([shared.id, waiting.id].sort());
    const parts = await app.dataSource.manager.find(AttachmentPart);
    expect(parts.map(({ attachmentId }) => attachmentId)).not.toContain(alone.id);
  });

  it('has what it shared with another again, whichever of them comes back', async () => {
    await using chat = await start(dialect);
    const { id } = await giveFile(chat.app, chat.userId);
    await chat.attach('q0', [id]);
    await chat.attach('q0b', [id]);
    await chat.remove('q0');
    await chat.remove('q0b');
    await chat.restore('q0');
    await chat.sweep();
    const attachment = await chat.app.dataSource.manager.findOneByOrFail(Attachment, { id });
    expect(attachment.conversationId).toBe(chat.id);
  });

  it('comes back for its owner alone, and where it was', async () => {
    await using chat = await start(dialect);
    const messages = chat.app.context.get(MessagesService);
    const eve = await personOf(chat.app, 'eve');
    const hers = await writeConversation(chat.app.dataSource, eve);
    const another = await writeConversation(chat.app.dataSource, chat.userId);
    await chat.remove('q1');
    const attempts = [
      messages.restore(eve, chat.id, chat.ids['q1']!),
      messages.restore(eve, hers.id, chat.ids['q1']!),
      messages.restore(chat.userId, another.id, chat.ids['q1']!),
    ];
    for (const attempt of await Promise.allSettled(attempts)) {
      expect(attempt).toMatchObject({ status: 'rejected', reason: NOT_FOUND });
    }
    await chat.restore('q1');
  });
});
