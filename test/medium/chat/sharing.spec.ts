import { describe, expect, it } from '@jest/globals';
import { Attachment } from '../../../server/src/chat/attachments/attachment.entity.js';
import { MessageAttachment } from '../../../server/src/chat/attachments/message-attachment.entity.js';
import { Conversation } from '../../../server/src/chat/conversations/conversation.entity.js';
import { Message } from '../../../server/src/chat/messages/message.entity.js';
import { SearchIndexService } from '../../../server/src/chat/search/search-index.service.js';
import { SharesService } from '../../../server/src/chat/sharing/shares.service.js';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import { User } from '../../../server/src/users/user.entity.js';
import { keepChat, keptMessage } from '../../support/chat/kept-chats.js';
import { TestApplication } from '../../support/lumen/application.js';
import { DIALECTS, type Dialect } from '../../support/lumen/lumen-server.js';
import { addPerson } from '../../support/lumen/people.js';

async function start(dialect: Dialect) {
  const app = await TestApplication.start(dialect);
  const { dataSource } = app;
  const ada = await addPerson(dataSource, 'ada@example.edu', { name: 'Ada' });
  const ben = await addPerson(dataSource, 'ben@example.edu');
  const chat = { title: 'Titel', said: ['Frage', 'Antwort'] };
  const index = app.context.get(SearchIndexService);
  const kept = await keepChat(dataSource, index, ada.id, chat);
  const shares = app.context.get(SharesService);
  const { manager } = dataSource;
  const dispose = () => app[Symbol.asyncDispose]();
  return { ...kept, manager, shares, ada, ben, [Symbol.asyncDispose]: dispose };
}

const NOT_FOUND = { code: 'not_found' };

describe.each(DIALECTS)('shared chats on %s', (dialect) => {
  it('are read by others as they were when they were shared', async () => {
    await using lumen = await start(dialect);
    const { conversation, messages, manager, shares, ada, ben } = lumen;
    const share = await shares.share(ada.id, conversation.id);
    expect(share).toMatchObject({ conversationId: conversation.id, title: 'Titel', messages: 2 });
    await manager.update(Message, messages[1]!.id, { content: 'anders', reasoning: 'geheim' });
    const read = await shares.read(ben.id, share.id);
    expect(read).toEqual({
      title: 'Titel',
      sharedBy: 'Ada',
      isMine: false,
      updatedAt: share.updatedAt,
      messages: [
        { role: 'user', content: 'Frage', model: null, attachments: [] },
        { role: 'assistant', content: 'Antwort', model: 'dummy', attachments: [] },
      ],
    });
    expect((await shares.read(ada.id, share.id)).isMine).toBe(true);

    const again = await shares.share(ada.id, conversation.id);
    expect(again.id).toBe(share.id);
    const renewed = await shares.read(ben.id, share.id);
    expect(renewed.messages[1]).toEqual({
      role: 'assistant',
      content: 'anders',
      model: 'dummy',
      attachments: [],
    });
    expect((await shares.list(ada.id)).shares).toEqual([again]);
    expect((await shares.list(ben.id)).shares).toEqual([]);
  });

  it('show the branch that is shown, without what is still written', async () => {
    await using lumen = await start(dialect);
    const { conversation, messages, manager, shares, ada } = lumen;
    const follow = (content: string, parent: number, state: 'complete' | 'writing') =>
      keptMessage({
        conversationId: conversation.id,
        parentId: messages[parent]!.id,
        model: 'dummy',
        content,
        state,
      });
    const other = follow('andere Antwort', 0, 'complete');
    const writing = follow('halb', 1, 'writing');
    await manager.insert(Message, [other, writing]);
    const contents = async (currentMessageId: string) => {
      await manager.update(Conversation, conversation.id, { currentMessageId });
      const { id } = await shares.share(ada.id, conversation.id);
      return (await shares.read(ada.id, id)).messages.map(({ content }) => content);
    };
    expect(await contents(other.id)).toEqual(['Frage', 'andere Antwort']);
    expect(await contents(writing.id)).toEqual(['Frage', 'Antwort']);
  });

  it('name what is attached', async () => {
    await using lumen = await start(dialect);
    const { conversation, messages, manager, shares, ada } = lumen;
    const attachment = {
      id: newId(),
      userId: ada.id,
      conversationId: conversation.id,
      contentId: newId(),
      name: 'plan.pdf',
      kind: 'pdf' as const,
      mediaType: 'application/pdf',
      size: 1,
      textChars: 1,
      isCut: false,
      tokens: 1,
      createdAt: new Date(),
    };
    await manager.insert(Attachment, attachment);
    const link = { messageId: messages[0]!.id, attachmentId: attachment.id, position: 0 };
    await manager.insert(MessageAttachment, link);
    const { id } = await shares.share(ada.id, conversation.id);
    expect((await shares.read(ada.id, id)).messages[0]!.attachments).toEqual(['plan.pdf']);
  });

  it('are gone once revoked, deleted, or their owner is', async () => {
    await using lumen = await start(dialect);
    const { conversation, manager, shares, ada, ben } = lumen;
    const { id } = await shares.share(ada.id, conversation.id);
    const read = () => shares.read(ben.id, id);

    await manager.update(User, ada.id, { isActive: false });
    await expect(read()).rejects.toMatchObject(NOT_FOUND);
    await manager.update(User, ada.id, { isActive: true });
    await manager.update(Conversation, conversation.id, { removedAt: new Date() });
    await expect(read()).rejects.toMatchObject(NOT_FOUND);
    expect((await shares.list(ada.id)).shares).toEqual([]);
    await manager.update(Conversation, conversation.id, { removedAt: null });
    await read();

    await expect(shares.revoke(ben.id, id)).rejects.toMatchObject(NOT_FOUND);
    await shares.revoke(ada.id, id);
    await expect(read()).rejects.toMatchObject(NOT_FOUND);
    await expect(shares.revoke(ada.id, id)).rejects.toMatchObject(NOT_FOUND);

    const again = await shares.share(ada.id, conversation.id);
    expect(again.id).not.toBe(id);
    await manager.delete(Conversation, conversation.id);
    await expect(shares.read(ben.id, again.id)).rejects.toMatchObject(NOT_FOUND);
  });

  it('are made by the owner alone, and of something', async () => {
    await using lumen = await start(dialect);
    const { conversation, manager, shares, ada, ben } = lumen;
    await expect(shares.share(ben.id, conversation.id)).rejects.toMatchObject(NOT_FOUND);
    await expect(shares.share(ada.id, newId())).rejects.toMatchObject(NOT_FOUND);
    await manager.update(Conversation, conversation.id, { currentMessageId: null });
    const refused = shares.share(ada.id, conversation.id);
    await expect(refused).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('are one, however often they are shared at a time', async () => {
    await using lumen = await start(dialect);
    const { conversation, shares, ada } = lumen;
    const made = await Promise.all(
      Array.from({ length: 5 }, () => shares.share(ada.id, conversation.id)),
    );
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  });
});
