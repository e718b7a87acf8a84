import { describe, expect, it } from '@jest/globals';
import { AttachmentsService } from '../../../server/src/chat/attachments/attachments.service.js';
import { ConversationsService } from '../../../server/src/chat/conversations/conversations.service.js';
import { type UpdateConversationDto } from '../../../server/src/chat/conversations/conversations.dto.js';
import { Conversation } from '../../../server/src/chat/conversations/conversation.entity.js';
import { FoldersService } from '../../../server/src/chat/conversations/folders.service.js';
import { Message } from '../../../server/src/chat/messages/message.entity.js';
import { SearchService } from '../../../server/src/chat/search/search.service.js';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import { giveFile } from '../../support/chat/attached-files.js';
import { personOf } from '../../support/chat/chat-people.js';
import {
  BEGUN_MS,
  dialogue,
  letRun,
  show,
  writeConversation,
  writeMessages,
} from '../../support/chat/written-conversations.js';
import { TestApplication } from '../../support/lumen/application.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';

async function withDialogue(app: TestApplication) {
  const userId = await personOf(app, 'ada');
  const { id } = await writeConversation(app.dataSource, userId);
  const ids = await writeMessages(app.dataSource, id, [
    { name: 'q0' },
    { name: 'a0', after: 'q0', cost: 9_007_199_254_740_993n, promptTokens: 12, requestId: 'r' },
    { name: 'q1', after: 'a0' },
    { name: 'a1', after: 'q1', cost: 500_000_000n, state: 'failed', errorCode: 'upstream_error' },
    { name: 'a1b', after: 'q1', reasoning: 'Hm.', finishReason: 'length' },
  ]);
  await show(app.dataSource, id, ids['a1b']!);
  const conversations = app.context.get(ConversationsService);
  const stored = () => app.dataSource.manager.findOneByOrFail(Conversation, { id });
  const update = (change: UpdateConversationDto) => conversations.update(userId, id, change);
  return { userId, id, ids, conversations, stored, update };
}

const DAY_MS = 86_400_000;

describe.each(DIALECTS)('a conversation on %s', (dialect) => {
  it('opens with the branch that is shown and what it cost on all of them', async () => {
    await using app = await TestApplication.start(dialect, {
      extra: 'retention: { chat_days: 90 }',
    });
    const { userId, id, ids, conversations } = await withDialogue(app);
    const { conversation, messages, hasEarlier } = await conversations.open(userId, id);
    expect(conversation).toEqual({
      id,
      title: 'About something',
      folderId: null,
      isPinned: false,
      isArchived: false,
      isAnswering: false,
      createdAt: new Date(BEGUN_MS).toISOString(),
      updatedAt: new Date(BEGUN_MS).toISOString(),
      model: 'dummy',
      settings: {
        systemPrompt: null,
        temperature: null,
        maxOutputTokens: null,
        reasoningEffort: null,
      },
      currentMessageId: ids['a1b'],
      hasImages: false,
      cost: '9007199.754740993',
      shareId: null,
      expiresAt: new Date(BEGUN_MS + 90 * DAY_MS).toISOString(),
    });
    expect(hasEarlier).toBe(false);
    expect(messages.map((message) => message.id)).toEqual(
      ['q0', 'a0', 'q1', 'a1b'].map((name) => ids[name]),
    );
    expect(messages[0]).toMatchObject({ role: 'user', metrics: null, siblingIds: [ids['q0']] });
    expect(messages[1]!.metrics).toMatchObject({ promptTokens: 12, requestId: 'r' });
    expect(messages[3]).toMatchObject({
      reasoning: 'Hm.',
      finishReason: 'length',
      error: null,
      siblingIds: [ids['a1'], ids['a1b']],
    });
    const other = await conversations.update(userId, id, { currentMessageId: ids['a1']! });
    expect(other.currentMessageId).toBe(ids['a1']);
    expect((await conversations.open(userId, id)).messages.at(-1)).toMatchObject({
      state: 'failed',
      error: { code: 'upstream_error', message: '' },
      metrics: { cost: '0.5' },
    });
  });

  it('without messages or an end opens empty, for ever', async () => {
    await using app = await TestApplication.start(dialect);
    const userId = await personOf(app, 'ada');
    const { id } = await writeConversation(app.dataSource, userId);
    const opened = await app.context.get(ConversationsService).open(userId, id);
    expect(opened).toMatchObject({ messages: [], hasEarlier: false });
    expect(opened.conversation).toMatchObject({
      expiresAt: null,
      cost: '0',
      currentMessageId: null,
    });
  });

  it('says that an answer is being written in it, and in no other', async () => {
    await using app = await TestApplication.start(dialect);
    const { userId, id, ids, conversations } = await withDialogue(app);
    await writeConversation(app.dataSource, userId);
    await letRun(app.dataSource, userId, ids['a1b']!);
    const page = await conversations.list(userId, { view: 'recent', limit: 10 });
    expect(page.conversations.filter(({ isAnswering }) => isAnswering)).toMatchObject([{ id }]);
    expect((await conversations.open(userId, id)).conversation.isAnswering).toBe(true);
  });

  it('is named, set, pinned, archived and moved where it is in the list', async () => {
    await using app = await TestApplication.start(dialect);
    const { userId, update, stored } = await withDialogue(app);
    const folder = await app.context.get(FoldersService).create(userId, 'Thesis');
    const settings = {
      systemPrompt: 'Be brief.',
      temperature: 0.5,
      maxOutputTokens: 100,
      reasoningEffort: 'low' as const,
    };
    expect(
      await update({ title: 'Chapter 2', model: 'other', settings, folderId: folder.id }),
    ).toMatchObject({ title: 'Chapter 2', model: 'other', settings, folderId: folder.id });
    expect(await stored()).toMatchObject({ titleSource: 'person', settings });
    expect(await update({ isPinned: true })).toMatchObject({ isPinned: true, isArchived: false });
    expect(await update({ isArchived: true })).toMatchObject({ isPinned: true, isArchived: true });
    expect(await update({ isPinned: false })).toMatchObject({ isPinned: false, isArchived: true });
    expect(await update({ isArchived: false })).toMatchObject({ isArchived: false });
    expect(await update({ folderId: null })).toMatchObject({ folderId: null, title: 'Chapter 2' });
    expect((await stored()).updatedAt).toEqual(new Date(BEGUN_MS));
    const hits = await app.context
      .get(SearchService)
      .search(userId, { q: 'chapter', in: 'active' });
    expect(hits.hits).toHaveLength(1);
  });

  it('takes changes of two tabs together', async () => {
    await using app = await TestApplication.start(dialect);
    const { update, stored } = await withDialogue(app);
    await Promise.all([update({ title: 'Mine' }), update({ isPinned: true }), update({})]);
    expect(await stored()).toMatchObject({ title: 'Mine', isPinned: true });
  });

  it('is deleted, and brought back as it was', async () => {
    await using app = await TestApplication.start(dialect);
    const { userId, id, conversations, stored } = await withDialogue(app);
    const before = await conversations.open(userId, id);
    await conversations.remove(userId, id);
    expect((await stored()).removedAt).toEqual(expect.any(Date));
    for (const attempt of [
      () => conversations.open(userId, id),
      () => conversations.remove(userId, id),
      () => conversations.update(userId, id, { title: 'x' }),
      () => conversations.fork(userId, id, newId()),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: 'not_found' });
    }
    const list = () => conversations.list(userId, { view: 'recent', limit: 10 });
    expect((await list()).conversations).toEqual([]);
    expect(await conversations.restore(userId, id)).toMatchObject({
      id,
      title: before.conversation.title,
    });
    expect(await conversations.restore(userId, id)).toMatchObject({ id });
    expect(await conversations.open(userId, id)).toEqual(before);
    expect((await list()).conversations).toHaveLength(1);
    await app.dataSource.manager.delete(Conversation, { id });
    await expect(conversations.restore(userId, id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('of another person is not there', async () => {
    await using app = await TestApplication.start(dialect);
    const { userId, id, ids, conversations, stored } = await withDialogue(app);
    const eve = await personOf(app, 'eve');
    const own = await writeConversation(app.dataSource, eve);
    const before = await stored();
    const folder = await app.context.get(FoldersService).create(userId, 'Private');
    for (const attempt of [
      () => conversations.open(eve, id),
      () => conversations.update(eve, id, { title: 'Mine now' }),
      () => conversations.remove(eve, id),
      () => conversations.restore(eve, id),
      () => conversations.fork(eve, id, ids['a0']!),
      () => conversations.fork(eve, own.id, ids['a0']!),
      () => conversations.update(eve, own.id, { currentMessageId: ids['a0']! }),
      () => conversations.update(eve, own.id, { folderId: folder.id }),
      () => conversations.list(eve, { view: 'recent', limit: 10, folderId: folder.id }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: 'not_found' });
    }
    await conversations.remove(userId, id);
    await expect(conversations.restore(eve, id)).rejects.toMatchObject({ code: 'not_found' });
    await conversations.restore(userId, id);
    expect(await stored()).toEqual(before);
    expect(
      (await conversations.list(eve, { view: 'recent', limit: 10 })).conversations,
    ).toMatchObject([{ id: own.id, folderId: null }]);
  });
});

describe.each(DIALECTS)('a fork on %s', (dialect) => {
  it('has the branch up to a message, costs nothing and leaves the other alone', async () => {
    await using app = await TestApplication.start(dialect);
    const { userId, id, ids, conversations, update } = await withDialogue(app);
    await update({ title: 'Forked', isPinned: true });
    const before = await conversations.open(userId, id);
    const fork = await conversations.fork(userId, id, ids['a1']!);
    expect(fork).toMatchObject({ title: 'Forked', isPinned: false, cost: '0', model: 'dummy' });
    expect(fork.id).not.toBe(id);
    const opened = await conversations.open(userId, fork.id);
    expect(opened.messages.map(({ content }) => content)).toEqual(
      ['q0', 'a0', 'q1', 'a1'].map((name) => `What ${name} says`),
    );
    expect(opened.messages.map(({ parentId }) => parentId)).toEqual([
      null,
      ...opened.messages.slice(0, 3).map((message) => message.id),
    ]);
    expect(opened.messages[1]!.metrics).toMatchObject({ promptTokens: 12, cost: null });
    expect(opened.messages[3]).toMatchObject({
      state: 'failed',
      siblingIds: [fork.currentMessageId],
    });
    expect(await conversations.open(userId, id)).toEqual(before);
    const found = await app.context
      .get(SearchService)
      .search(userId, { q: 'q1 says', in: 'active' });
    expect(found.hits.map(({ conversation }) => conversation.id)).toContain(fork.id);
  });

  it('has copies of what was attached, which stay when the other goes', async () => {
    await using app = await TestApplication.start(dialect);
    const { userId, id, ids, conversations } = await withDialogue(app);
    const attachments = app.context.get(AttachmentsService);
    const file = await giveFile(app, userId, { text: 'Kept' });
    await app.dataSource.transaction((manager) => {
      const target = { userId, conversationId: id, messageId: ids['q0']! };
      return attachments.attach(manager, target, [file.id]);
    });
    const fork = await conversations.fork(userId, id, ids['a0']!);
    await app.dataSource.manager.delete(Conversation, { id });
    const [question] = (await conversations.open(userId, fork.id)).messages;
    expect(question!.attachments).toMatchObject([{ name: file.name, textChars: 4 }]);
    const contents = await attachments.contentsOf([question!.id]);
    expect(contents.get(question!.id)).toMatchObject([{ kind: 'text', text: 'Kept' }]);
  });

  it('of 1,000 messages is one of 1,000 messages', async () => {
    await using app = await TestApplication.start(dialect);
    const userId = await personOf(app, 'ada');
    const { id } = await writeConversation(app.dataSource, userId);
    const ids = await writeMessages(app.dataSource, id, dialogue(500));
    const conversations = app.context.get(ConversationsService);
    const fork = await conversations.fork(userId, id, ids['a499']!);
    const where = { conversationId: fork.id };
    expect(await app.dataSource.manager.countBy(Message, where)).toBe(1_000);
    const opened = await conversations.open(userId, fork.id);
    expect(opened.messages.at(-1)!.content).toBe('What a499 says');
    expect(opened.hasEarlier).toBe(true);
  });

  it('waits for an answer that is being written', async () => {
    await using app = await TestApplication.start(dialect);
    const { userId, id, ids, conversations } = await withDialogue(app);
    await letRun(app.dataSource, userId, ids['a1b']!);
    await expect(conversations.fork(userId, id, ids['a1b']!)).rejects.toMatchObject({
      code: 'conflict',
    });
    await conversations.fork(userId, id, ids['a1']!);
    expect(await app.dataSource.manager.count(Conversation)).toBe(2);
    // An earlier one is, too, when somebody has it go on.
    await letRun(app.dataSource, userId, ids['a0']!);
    await expect(conversations.fork(userId, id, ids['a1']!)).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await app.dataSource.manager.count(Conversation)).toBe(2);
  });
});
