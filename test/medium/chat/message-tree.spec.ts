import { describe, expect, it } from '@jest/globals';
import { ConversationsService } from '../../../server/src/chat/conversations/conversations.service.js';
import { Conversation } from '../../../server/src/chat/conversations/conversation.entity.js';
import {
  MessageTreeService,
  type NewQuestion,
  type WrittenQuestion,
} from '../../../server/src/chat/messages/message-tree.service.js';
import { Message } from '../../../server/src/chat/messages/message.entity.js';
import { MessagesService } from '../../../server/src/chat/messages/messages.service.js';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import { personOf } from '../../support/chat/chat-people.js';
import {
  dialogue,
  type Said,
  show,
  writeConversation,
  writeMessages,
} from '../../support/chat/written-conversations.js';
import { TestApplication } from '../../support/lumen/application.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';

async function withConversation(app: TestApplication, said: readonly Said[] = []) {
  const userId = await personOf(app, 'ada');
  const conversation = await writeConversation(app.dataSource, userId);
  const ids = await writeMessages(app.dataSource, conversation.id, said);
  const tree = app.context.get(MessageTreeService);
  const ask = (question: Partial<NewQuestion>): Promise<WrittenQuestion> =>
    app.dataSource.transaction((manager) =>
      tree.addQuestion(
        manager,
        { ...conversation },
        {
          id: newId(),
          parentId: null,
          content: 'Why?',
          models: ['dummy'],
          ...question,
        },
      ),
    );
  const stored = () =>
    app.dataSource.manager.findOneByOrFail(Conversation, { id: conversation.id });
  const conversations = app.context.get(ConversationsService);
  const messages = app.context.get(MessagesService);
  return { userId, conversation, ids, tree, ask, stored, conversations, messages };
}

const SOMEBODY = { limit: 60 };
const contents = ({ messages }: { messages: readonly { content: string }[] }) =>
  messages.map(({ content }) => content.replace(/^What (.*) says$/, '$1'));

describe.each(DIALECTS)('a tree of messages on %s', (dialect) => {
  it('grows by questions with their answers to come, and shows them', async () => {
    await using app = await TestApplication.start(dialect);
    const { ask, stored, conversation } = await withConversation(app);
    const { question, answers } = await ask({ models: ['one', 'two'], content: 'Why?' });
    expect(question).toMatchObject({ role: 'user', content: 'Why?', state: 'complete' });
    expect(answers.map(({ model }) => model)).toEqual(['one', 'two']);
    for (const answer of answers) {
      expect(answer).toMatchObject({ state: 'writing', content: '', parentId: question.id });
      expect(answer.comparisonId).toBe(answers[0]!.comparisonId);
    }
    expect(answers[0]!.comparisonId).toEqual(expect.any(String));
    const now = await stored();
    expect(now).toMatchObject({ currentMessageId: answers[0]!.id, model: 'one' });
    expect(now.updatedAt.getTime()).toBeGreaterThan(conversation.updatedAt.getTime());
  });

  it('gets further answers to a question, beside those it has', async () => {
    await using app = await TestApplication.start(dialect);
    const { tree, ids, conversation } = await withConversation(app, dialogue(1));
    const again = await app.dataSource.transaction((manager) =>
      tree.addAnswers(manager, conversation, { questionId: ids['q0']!, models: ['other'] }),
    );
    expect(again.question.id).toBe(ids['q0']);
    expect(again.answers).toMatchObject([
      { parentId: ids['q0'], model: 'other', comparisonId: null },
    ]);
    expect(conversation).toMatchObject({ currentMessageId: again.answers[0]!.id, model: 'other' });
    await expect(
      app.dataSource.transaction((manager) =>
        tree.addAnswers(manager, conversation, { questionId: ids['a0']!, models: ['other'] }),
      ),
    ).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('takes questions only where they can be, and leaves nothing of others', async () => {
    await using app = await TestApplication.start(dialect);
    const { ask, ids, userId } = await withConversation(app, [
      { name: 'q0' },
      { name: 'a0', after: 'q0' },
      { name: 'a1', after: 'q0', state: 'writing' },
    ]);
    const elsewhere = await writeConversation(app.dataSource, userId);
    const others = await writeMessages(app.dataSource, elsewhere.id, dialogue(1));
    const refused = async (question: Partial<NewQuestion>, code: string) =>
      expect(ask(question)).rejects.toMatchObject({ code });
    await refused({ parentId: newId() }, 'not_found');
    await refused({ parentId: others['a0']! }, 'not_found');
    await refused({ parentId: ids['q0']! }, 'invalid_request');
    await refused({ parentId: ids['a1']! }, 'conflict');
    await refused({ id: ids['q0']! }, 'conflict');
    await refused({ id: others['q0']! }, 'conflict');
    await ask({ parentId: ids['a0']!.toUpperCase() });
    expect(await app.dataSource.manager.count(Message)).toBe(3 + 2 + 2);
  });

  it('keeps what two tabs ask at the same time, each on its own branch', async () => {
    await using app = await TestApplication.start(dialect);
    const { ask, ids, stored, messages, userId, conversation } = await withConversation(
      app,
      dialogue(1),
    );
    const asked = await Promise.all(
      Array.from({ length: 10 }, (_, tab) => ask({ parentId: ids['a0']!, content: `tab ${tab}` })),
    );
    const page = await messages.page(userId, conversation.id, SOMEBODY);
    const shown = asked.find(({ answers }) => answers[0]!.id === page.messages.at(-1)!.id)!;
    expect((await stored()).currentMessageId).toBe(shown.answers[0]!.id);
    expect(contents(page)).toEqual(['q0', 'a0', shown.question.content, '']);
    expect([...page.messages[2]!.siblingIds].sort()).toEqual(
      asked.map(({ question }) => question.id).sort(),
    );
  });

  it('gives a question that is asked twice at once one place', async () => {
    await using app = await TestApplication.start(dialect);
    const { ask } = await withConversation(app);
    const id = newId();
    const both = await Promise.allSettled([ask({ id }), ask({ id })]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await app.dataSource.manager.count(Message)).toBe(2);
  });

  it('gives a model the branch up to a message, and no other', async () => {
    await using app = await TestApplication.start(dialect);
    const { tree, ids, conversation } = await withConversation(app, [
      ...dialogue(2),
      { name: 'q1b', after: 'a0' },
      { name: 'a1b', after: 'q1b' },
    ]);
    const branch = await tree.branchTo(conversation.id, ids['a1b']!);
    expect(contents({ messages: branch })).toEqual(['q0', 'a0', 'q1b', 'a1b']);
    await expect(tree.branchTo(conversation.id, newId())).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(tree.branchTo(newId(), ids['a0']!)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('shows the branch a message is in, down to what was said last', async () => {
    await using app = await TestApplication.start(dialect);
    const comparisonId = newId();
    const { conversations, userId, conversation, ids, stored } = await withConversation(app, [
      ...dialogue(3),
      { name: 'q1b', after: 'a0' },
      { name: 'b1', after: 'q1b', comparisonId },
      { name: 'b2', after: 'q1b', comparisonId },
      { name: 'a1c', after: 'q1' },
    ]);
    const before = await stored();
    const showing = async (name: string) => {
      const { currentMessageId } = await conversations.update(userId, conversation.id, {
        currentMessageId: ids[name]!,
      });
      return Object.keys(ids).find((each) => ids[each] === currentMessageId);
    };
    expect(await showing('a1')).toBe('a2');
    expect(await showing('q1b')).toBe('b1');
    expect(await showing('b2')).toBe('b2');
    expect(await showing('q1')).toBe('a1c');
    expect((await stored()).updatedAt).toEqual(before.updatedAt);
    await expect(
      conversations.update(userId, conversation.id, { currentMessageId: newId() }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  it('shows compared answers side by side, whichever of them is gone on with', async () => {
    await using app = await TestApplication.start(dialect);
    const comparisonId = newId();
    const { messages, userId, conversation, ids } = await withConversation(app, [
      { name: 'q0' },
      { name: 'a1', after: 'q0', comparisonId },
      { name: 'a2', after: 'q0', comparisonId },
      { name: 'a3', after: 'q0' },
      { name: 'q1', after: 'a2' },
    ]);
    await show(app.dataSource, conversation.id, ids['q1']!);
    const page = await messages.page(userId, conversation.id, SOMEBODY);
    expect(contents(page)).toEqual(['q0', 'a2', 'a1', 'q1']);
    expect(page.messages[1]!.siblingIds).toEqual([ids['a1'], ids['a2'], ids['a3']]);
  });

  it('of 5,000 messages is read a page at a time, and each page as fast as the first', async () => {
    await using app = await TestApplication.start(dialect);
    const { conversations, messages, userId, conversation, ids } = await withConversation(
      app,
      dialogue(2_500),
    );
    await show(app.dataSource, conversation.id, ids['a2499']!);
    const opened = await conversations.open(userId, conversation.id);
    expect(opened).toMatchObject({ hasEarlier: true });
    expect(contents(opened)).toHaveLength(60);
    const seen = contents(opened).reverse();
    let before = opened.messages[0]!.id;
    for (let hasEarlier = true; hasEarlier;) {
      const page = await messages.page(userId, conversation.id, { before, limit: 100 });
      ({ hasEarlier } = page);
      before = page.messages[0]!.id;
      seen.push(...contents(page).reverse());
    }
    expect(seen.reverse()).toEqual(dialogue(2_500).map(({ name }) => name));
    const first = await messages.page(userId, conversation.id, { before: ids['q0']!, limit: 10 });
    expect(first).toEqual({ messages: [], hasEarlier: false });
  });

  it('of 5,000 messages in a row is deleted, by itself and with its owner', async () => {
    await using app = await TestApplication.start(dialect);
    const { messages, userId, conversation, ids, stored } = await withConversation(
      app,
      dialogue(2_500),
    );
    await show(app.dataSource, conversation.id, ids['a2499']!);
    const answer = await messages.remove(userId, conversation.id, ids['q1']!);
    expect(answer).toEqual({ currentMessageId: ids['a0'] });
    expect((await stored()).currentMessageId).toBe(ids['a0']);
    const place = { conversationId: conversation.id };
    expect(await app.dataSource.manager.countBy(Message, place)).toBe(2);
    expect(await messages.restore(userId, conversation.id, ids['q1']!)).toEqual({
      currentMessageId: ids['a2499'],
    });
    expect(await app.dataSource.manager.countBy(Message, place)).toBe(5_000);
    await messages.remove(userId, conversation.id, ids['q1']!);
    await writeMessages(app.dataSource, conversation.id, dialogue(800));
    await app.dataSource.query(`DELETE FROM users WHERE id = '${userId}'`);
    expect(await app.dataSource.manager.count(Message)).toBe(0);
  });
});

describe.each(DIALECTS)('deleting a message on %s', (dialect) => {
  const SAID: Said[] = [
    ...dialogue(2),
    { name: 'a0b', after: 'q0' },
    { name: 'q1b', after: 'a0b' },
    { name: 'a1b', after: 'q1b' },
  ];

  it.each([
    ['what is not shown changes nothing shown', 'q1b', 'a1', 'a1'],
    ['shows the newest branch beside it', 'a0', 'a1', 'a1b'],
    ['shows what it followed where there is none beside it', 'q1', 'a1', 'a0'],
    ['and the first of all shows nothing', 'q0', 'a1', null],
  ])('%s', async (_, removed, shown, then) => {
    await using app = await TestApplication.start(dialect);
    const { messages, userId, conversation, ids, stored } = await withConversation(app, SAID);
    await show(app.dataSource, conversation.id, ids[shown]!);
    const answer = await messages.remove(userId, conversation.id, ids[removed]!);
    expect(answer.currentMessageId).toBe(then === null ? null : ids[then]);
    expect((await stored()).currentMessageId).toBe(answer.currentMessageId);
    await expect(messages.remove(userId, conversation.id, ids[removed]!)).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('waits for an answer that is being written below it', async () => {
    await using app = await TestApplication.start(dialect);
    const { messages, userId, conversation, ids } = await withConversation(app, [
      ...dialogue(1),
      { name: 'q1', after: 'a0' },
      { name: 'a1', after: 'q1', state: 'writing' },
    ]);
    for (const name of ['q0', 'a1']) {
      await expect(messages.remove(userId, conversation.id, ids[name]!)).rejects.toMatchObject({
        code: 'conflict',
      });
    }
    expect(await app.dataSource.manager.count(Message)).toBe(4);
  });

  it('is for its owner alone, and of that conversation', async () => {
    await using app = await TestApplication.start(dialect);
    const { messages, userId, conversation, ids } = await withConversation(app, dialogue(1));
    const stranger = await personOf(app, 'eve');
    const own = await writeConversation(app.dataSource, stranger);
    const attempts = [
      messages.remove(stranger, conversation.id, ids['a0']!),
      messages.remove(stranger, own.id, ids['a0']!),
      messages.page(stranger, conversation.id, SOMEBODY),
      messages.page(stranger, own.id, { ...SOMEBODY, before: ids['a0']! }),
      messages.page(userId, conversation.id, { ...SOMEBODY, before: newId() }),
    ];
    for (const attempt of await Promise.allSettled(attempts)) {
      expect(attempt).toMatchObject({ status: 'rejected', reason: { code: 'not_found' } });
    }
    expect(await app.dataSource.manager.count(Message)).toBe(2);
  });
});
