import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pngOf } from '../../../server/src/chat/attachments/testing/images.js';
import { Attachment } from '../../../server/src/chat/attachments/attachment.entity.js';
import { AttachmentPart } from '../../../server/src/chat/attachments/attachment-part.entity.js';
import { AttachmentsService } from '../../../server/src/chat/attachments/attachments.service.js';
import { Conversation } from '../../../server/src/chat/conversations/conversation.entity.js';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import { ChatLumen } from '../../support/chat/chat-lumen.js';
import { ChatPage } from '../../support/chat/chat-page.js';
import { FileSender } from '../../support/chat/file-sender.js';
import { writeConversation, writeMessages } from '../../support/chat/written-conversations.js';
import { configurationText, DIALECTS } from '../../support/lumen/lumen-server.js';

const MEGABYTE = 1_000_000;
/** The level of the log comes into force with a reload. */
const QUIET = 'log: { level: error }';

describe.each(DIALECTS)('attaching files on %s', (dialect) => {
  let chat: ChatLumen;
  let files: FileSender;

  beforeAll(async () => {
    chat = await ChatLumen.start(dialect, { extra: QUIET });
    files = new FileSender(chat.page);
  });
  afterAll(() => chat[Symbol.asyncDispose]());

  const rows = (id: string) => chat.lumen.dataSource.getRepository(Attachment).findOneBy({ id });
  const remove = (id: string, page = chat.page) => page.fetch(`/chat/attachments/${id}`, 'DELETE');
  const strangerAt = async () => {
    await chat.lumen.logInAs('stranger@example.com');
    return ChatPage.open(chat.page.url);
  };

  it('tells what a text is, and gives it back to be saved', async () => {
    const text = 'Grüße 🌍,1\r\n'.repeat(3);
    const given = await files.give('tabelle ü.csv', text);
    expect(given).toEqual({
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      name: 'tabelle ü.csv',
      kind: 'text',
      mediaType: 'text/plain',
      size: Buffer.byteLength(text),
      textChars: text.length,
      isCut: false,
      tokens: Math.ceil(Buffer.byteLength(text) / 4),
    });
    const answer = await files.contentOf(given.id);
    expect(await answer.text()).toBe(text);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/plain',
      'content-length': String(given.size),
      'content-disposition': `attachment; filename="tabelle _.csv"; filename*=UTF-8''tabelle%20%C3%BC.csv`,
      'content-security-policy': expect.stringContaining('sandbox'),
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
    });
  });

  it('shows images, and not twice what is known', async () => {
    const image = pngOf(1_000, 1_000);
    const given = await files.give('photo.png', image);
    expect(given).toMatchObject({ kind: 'image', mediaType: 'image/png', textChars: null });
    expect(given.tokens).toBe(765);
    const answer = await files.contentOf(given.id);
    expect(Buffer.from(await answer.arrayBuffer()).equals(image)).toBe(true);
    expect(answer.headers.get('content-disposition')).toMatch(/^inline; /);
    const etag = answer.headers.get('etag') ?? '';
    const again = await files.contentOf(given.id, { 'if-none-match': etag });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it('takes what is many pieces long, and tells the model its beginning', async () => {
    const text = randomBytes(MEGABYTE).toString('hex');
    const given = await files.give('long.txt', text);
    expect(given).toMatchObject({ textChars: 100_000, isCut: true, size: 2 * MEGABYTE });
    expect(await (await files.contentOf(given.id)).text()).toBe(text);
    const sealed = await chat.lumen.dataSource
      .getRepository(AttachmentPart)
      .findBy({ attachmentId: given.id });
    expect(sealed.length).toBe(9);
  });

  it('is of one person: to others there is no such file', async () => {
    const { id } = await files.give('mine.txt', 'mine');
    const stranger = await strangerAt();
    expect((await new FileSender(stranger).contentOf(id)).status).toBe(404);
    expect((await remove(id, stranger)).status).toBe(404);
    const nothing = await files.contentOf(newId());
    expect(await nothing.json()).toMatchObject({ error: { code: 'not_found' } });
    expect((await files.contentOf('nonsense')).status).toBe(404);
    expect((await remove(id)).status).toBe(204);
    expect((await remove(id)).status).toBe(404);
    expect(await rows(id)).toBeNull();
  });

  it('gives nothing back of a conversation that was deleted', async () => {
    const { id } = await files.give('asked.txt', 'asked');
    const { userId } = (await rows(id))!;
    const { dataSource } = chat.lumen;
    const conversation = await writeConversation(dataSource, userId);
    const { q0 } = await writeMessages(dataSource, conversation.id, [{ name: 'q0' }]);
    const target = { userId, conversationId: conversation.id, messageId: q0! };
    const service = chat.lumen.app.get(AttachmentsService);
    await dataSource.transaction((manager) => service.attach(manager, target, [id]));
    expect((await files.contentOf(id)).status).toBe(200);
    await dataSource
      .getRepository(Conversation)
      .update({ id: conversation.id }, { removedAt: new Date() });
    expect((await files.contentOf(id)).status).toBe(404);
  });

  it('says so, instead of sending half a file, when one cannot be read any more', async () => {
    const { id } = await files.give('a.txt', 'text');
    await chat.lumen.dataSource
      .getRepository(AttachmentPart)
      .update({ attachmentId: id, content: 'file' }, { sealed: 'v1.a.b.c' });
    const answer = await files.contentOf(id);
    expect([answer.status, await answer.json()]).toMatchObject([
      409,
      { error: { code: 'conflict', message: expect.stringContaining('Attach the file again') } },
    ]);
    expect(answer.headers.get('content-disposition')).toBeNull();
  });

  it('needs a session and its token', async () => {
    const { headers, url } = chat.page;
    const form = new FormData();
    form.append('file', new File(['x'], 'a.txt'));
    const send = async (sent: Record<string, string>) =>
      (await fetch(`${url}/chat/attachments`, { method: 'POST', headers: sent, body: form }))
        .status;
    expect(await send({})).toBe(401);
    expect(await send({ cookie: headers['cookie']! })).toBe(403);
  });

  it('follows the limits in force without a restart', async () => {
    await using own = await ChatLumen.start(dialect, {
      extra: `${QUIET}\nchat: { upload: { max_size_mb: 0.01, allowed_extensions: [txt], max_files: 1 } }`,
    });
    const sender = new FileSender(own.page);
    const refused = await sender.send('a.txt', 'x'.repeat(10_001));
    expect(refused).toMatchObject({
      status: 413,
      refusal: { message: expect.stringContaining('(10 kB)'), details: { reason: 'too_large' } },
    });
    expect((await sender.send('a.md', 'x')).refusal.details).toEqual({ reason: 'extension' });
    const set = async (upload: string) => {
      const extra = `${QUIET}\nchat: { upload: ${upload} }`;
      await own.lumen.configure(configurationText(own.lumen.databaseUrl, { extra }));
      await own.lumen.lookNow();
    };
    await set('{ max_size_mb: 0.02, allowed_extensions: [md], max_text_chars: 5 }');
    const taken = await sender.send('a.md', 'x'.repeat(10_001));
    expect(taken).toMatchObject({ status: 201, attachment: { textChars: 5, isCut: true } });
    expect((await sender.send('a.txt', 'x')).refusal.details).toEqual({ reason: 'extension' });
    await set('{ max_files: 0 }');
    expect((await sender.send('a.txt', 'x')).refusal.details).toEqual({ reason: 'switched_off' });
  });

  it('takes so many that wait for a question, and no more', async () => {
    await using own = await ChatLumen.start(dialect, { extra: QUIET });
    const sender = new FileSender(own.page);
    for (let count = 0; count < 50; count += 10) {
      const some = Array.from({ length: 10 }, () => sender.give('a.txt', 'x'));
      await Promise.all(some);
    }
    const refused = await sender.send('a.txt', 'x');
    expect(refused).toMatchObject({
      status: 409,
      refusal: { message: expect.stringContaining('50 of your files') },
    });
  });
});
