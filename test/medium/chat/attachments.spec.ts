import { randomBytes } from 'node:crypto';
import { beforeAll, afterAll, describe, expect, it } from '@jest/globals';
import { AttachmentContentsService } from '../../../server/src/chat/attachments/attachment-contents.service.js';
import { AttachmentPart } from '../../../server/src/chat/attachments/attachment-part.entity.js';
import { Attachment } from '../../../server/src/chat/attachments/attachment.entity.js';
import { AttachmentsService } from '../../../server/src/chat/attachments/attachments.service.js';
import { Conversation } from '../../../server/src/chat/conversations/conversation.entity.js';
import { Message } from '../../../server/src/chat/messages/message.entity.js';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import { User } from '../../../server/src/users/user.entity.js';
import { giveFile } from '../../support/chat/attached-files.js';
import { personOf } from '../../support/chat/chat-people.js';
import { writeConversation, writeMessages } from '../../support/chat/written-conversations.js';
import { TestApplication } from '../../support/lumen/application.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';

const PIECE = 256 * 1024;
const REMOVED = { code: 'not_found' };

describe.each(DIALECTS)('attachments on %s', (dialect) => {
  let app: TestApplication;
  let service: AttachmentsService;
  let ada: string;

  beforeAll(async () => {
    app = await TestApplication.start(dialect, { extra: 'chat: { upload: { max_files: 3 } }' });
    service = app.context.get(AttachmentsService);
  });
  afterAll(() => app[Symbol.asyncDispose]());

  /** A person, and a conversation of theirs with a question, its answer and a second question. */
  const begin = async () => {
    const userId = await personOf(app, `ada-${newId()}`);
    const { id: conversationId } = await writeConversation(app.dataSource, userId);
    const said = [{ name: 'q0' }, { name: 'a0', after: 'q0' }, { name: 'q1', after: 'a0' }];
    const ids = await writeMessages(app.dataSource, conversationId, said);
    ada = userId;
    return { userId, conversationId, ...ids } as Record<string, string> & {
      userId: string;
      conversationId: string;
      q0: string;
      q1: string;
    };
  };
  const attach = (target: Parameters<AttachmentsService['attach']>[1], ids: string[]) =>
    app.dataSource.transaction((manager) => service.attach(manager, target, ids));
  const partsOf = (attachmentId: string) =>
    app.dataSource.getRepository(AttachmentPart).countBy({ attachmentId });

  describe('of a message', () => {
    it('are described and opened in the order they were given', async () => {
      const { q0, q1, ...place } = await begin();
      const image = await giveFile(app, ada, { kind: 'image', bytes: Buffer.from([1, 2]) });
      const text = await giveFile(app, ada, { text: 'Grüße 🌍' });
      await attach({ ...place, messageId: q0 }, [image.id, text.id]);
      const described = await service.describe([q0, q1]);
      expect([...described.keys()]).toEqual([q0]);
      expect(described.get(q0)).toEqual([
        expect.objectContaining({ id: image.id, kind: 'image', textChars: null, size: 2 }),
        {
          id: text.id,
          name: 'notes.txt',
          kind: 'text',
          mediaType: 'text/plain',
          size: 12,
          textChars: 8,
          isCut: false,
          tokens: 4,
        },
      ]);
      expect(await service.contentsOf([q0, q1])).toEqual(
        new Map([
          [
            q0,
            [
              {
                kind: 'image',
                name: 'photo.png',
                mediaType: 'image/png',
                bytes: Buffer.from([1, 2]),
              },
              { kind: 'text', name: 'notes.txt', text: 'Grüße 🌍' },
            ],
          ],
        ]),
      );
    });

    it('are shared by the branches of an edited question, once each', async () => {
      const { q0, q1, ...place } = await begin();
      const { id } = await giveFile(app, ada);
      await attach({ ...place, messageId: q0 }, [id]);
      await attach({ ...place, messageId: q1 }, [id, id, id.toUpperCase()]);
      const described = await service.describe([q0, q1]);
      expect(described.get(q0)).toEqual(described.get(q1));
      expect(described.get(q1)).toHaveLength(1);
    });

    it('are seen within the transaction that gives them', async () => {
      const { q0, ...place } = await begin();
      const { id } = await giveFile(app, ada);
      await app.dataSource.transaction(async (manager) => {
        await service.attach(manager, { ...place, messageId: q0 }, [id]);
        expect((await service.describe([q0], manager)).get(q0)).toHaveLength(1);
      });
    });

    it('are refused where they are too many', async () => {
      const { q0, ...place } = await begin();
      const ids = Array.from({ length: 4 }, () => newId());
      await expect(attach({ ...place, messageId: q0 }, ids)).rejects.toMatchObject({
        code: 'invalid_request',
        message: expect.stringContaining('at most 3 attachments'),
      });
      await attach({ ...place, messageId: q0 }, []);
    });

    it('are refused where they are unknown, deleted, of another person or conversation', async () => {
      const { q0, ...place } = await begin();
      const target = { ...place, messageId: q0 };
      const other = await begin();
      const taken = await giveFile(app, other.userId);
      await attach({ ...other, messageId: other.q0 }, [taken.id]);
      const further = await writeConversation(app.dataSource, place.userId);
      const mine = await giveFile(app, place.userId, { conversationId: further.id });
      const theirs = await giveFile(app, other.userId);
      const good = await giveFile(app, place.userId);
      for (const id of [newId(), taken.id, mine.id, theirs.id, "' OR 1=1"]) {
        await expect(attach(target, [good.id, id])).rejects.toMatchObject({ code: 'not_found' });
      }
      // Nothing is left half done.
      expect(await service.describe([q0])).toEqual(new Map());
      await service.remove(place.userId, good.id);
    });
  });

  describe('at rest', () => {
    it('are in pieces, of which none shows what is in it', async () => {
      const { userId } = await begin();
      const bytes = Buffer.concat([randomBytes(2 * PIECE), Buffer.from('easy to find')]);
      const { id } = await giveFile(app, userId, { kind: 'image', bytes });
      const parts = await app.dataSource.getRepository(AttachmentPart).findBy({ attachmentId: id });
      expect(parts).toHaveLength(3);
      for (const { sealed } of parts) {
        expect(sealed).toMatch(/^v1\.[\w-]+\.[\w-]+\.[\w-]+$/);
        expect(Buffer.from(sealed.split('.')[3]!, 'base64url').includes('easy')).toBe(false);
      }
    });

    it.each([0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])(
      'are given back as they were: %d bytes',
      async (size) => {
        const { userId } = await begin();
        const bytes = randomBytes(size);
        const file = await giveFile(app, userId, { kind: 'image', bytes });
        const contents = app.context.get(AttachmentContentsService);
        const opened = await contents.openWhole(file, 'file', size);
        expect(opened.equals(bytes)).toBe(true);
      },
    );

    it.each([
      ['changed', `UPDATE attachment_parts SET sealed = 'v1.a.b.c' WHERE attachment_id = $ID`],
      [
        'exchanged',
        `UPDATE attachment_parts SET position = 9 - position WHERE attachment_id = $ID AND content = 'file'`,
      ],
      ['gone', `DELETE FROM attachment_parts WHERE attachment_id = $ID AND position > 0`],
    ])('are not told if they were %s', async (_case, sql) => {
      const { q0, ...place } = await begin();
      const bytes = randomBytes(PIECE + 5);
      const { id } = await giveFile(app, ada, { kind: 'image', bytes });
      await attach({ ...place, messageId: q0 }, [id]);
      await app.dataSource.query(sql.replace('$ID', `'${id}'`));
      await expect(service.contentsOf([q0])).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringContaining('Attach the file again'),
      });
    });

    it('are not told as those of another row', async () => {
      const { q0, ...place } = await begin();
      const secret = await giveFile(app, ada, { text: 'secret' });
      const mine = await giveFile(app, ada, { text: 'public' });
      await attach({ ...place, messageId: q0 }, [mine.id]);
      await app.dataSource.query(`DELETE FROM attachment_parts WHERE attachment_id = '${mine.id}'`);
      await app.dataSource.query(
        `UPDATE attachment_parts SET attachment_id = '${mine.id}' WHERE attachment_id = '${secret.id}'`,
      );
      await expect(service.contentsOf([q0])).rejects.toMatchObject({ code: 'conflict' });
    });
  });

  describe('of a copied conversation', () => {
    it('are copies, which outlive what they were copied from', async () => {
      const { q0, q1, ...place } = await begin();
      const bytes = randomBytes(PIECE + 7);
      const image = await giveFile(app, ada, { kind: 'image', bytes });
      const text = await giveFile(app, ada, { text: 'kept' });
      await attach({ ...place, messageId: q0 }, [text.id, image.id]);
      await attach({ ...place, messageId: q1 }, [image.id]);
      const copyOf = async (from: Record<'q0' | 'q1', string>) => {
        const conversation = await writeConversation(app.dataSource, place.userId);
        const said = [{ name: 'q0' }, { name: 'q1', after: 'q0' }];
        const ids = await writeMessages(app.dataSource, conversation.id, said);
        const copies = new Map([
          [from.q0, ids['q0']!],
          [from.q1, ids['q1']!],
        ]);
        const target = { userId: place.userId, conversationId: conversation.id };
        await app.dataSource.transaction((manager) => service.copy(manager, target, copies));
        return { q0: ids['q0']!, q1: ids['q1']!, conversation };
      };
      const copy = await copyOf({ q0, q1 });
      const copyOfCopy = await copyOf(copy);
      await app.dataSource.getRepository(Conversation).delete({ id: place.conversationId });
      await app.dataSource.getRepository(Conversation).delete({ id: copy.conversation.id });
      expect(await partsOf(image.id)).toBe(0);
      const contents = await service.contentsOf([copyOfCopy.q0, copyOfCopy.q1]);
      expect(contents.get(copyOfCopy.q0)).toMatchObject([{ text: 'kept' }, { bytes }]);
      expect(contents.get(copyOfCopy.q1)).toMatchObject([{ bytes }]);
      const where = { conversationId: copyOfCopy.conversation.id };
      expect(await app.dataSource.getRepository(Attachment).countBy(where)).toBe(2);
    });
  });

  describe('are deleted', () => {
    it('by their person, until a question has them', async () => {
      const { q0, ...place } = await begin();
      const { id } = await giveFile(app, ada);
      const stranger = await personOf(app, `bob-${newId()}`);
      await expect(service.remove(stranger, id)).rejects.toMatchObject(REMOVED);
      const asked = await giveFile(app, ada);
      await attach({ ...place, messageId: q0 }, [asked.id]);
      await expect(service.remove(ada, asked.id)).rejects.toMatchObject(REMOVED);
      await service.remove(ada, id);
      await expect(service.remove(ada, id)).rejects.toMatchObject(REMOVED);
      expect(await partsOf(id)).toBe(0);
    });

    it('with their conversation', async () => {
      const { q0, ...place } = await begin();
      const { id } = await giveFile(app, ada);
      await attach({ ...place, messageId: q0 }, [id]);
      await app.dataSource.getRepository(Conversation).delete({ id: place.conversationId });
      expect(await app.dataSource.getRepository(Attachment).countBy({ id })).toBe(0);
      expect(await partsOf(id)).toBe(0);
    });

    it('with their person, asked about or not', async () => {
      const { q0, ...place } = await begin();
      const [one, two] = [await giveFile(app, ada), await giveFile(app, ada)];
      await attach({ ...place, messageId: q0 }, [one.id]);
      await app.dataSource.getRepository(User).delete({ id: ada });
      expect((await partsOf(one.id)) + (await partsOf(two.id))).toBe(0);
    });

    it('but stay while another message has them', async () => {
      const { q0, q1, ...place } = await begin();
      const { id } = await giveFile(app, ada);
      await attach({ ...place, messageId: q0 }, [id]);
      await attach({ ...place, messageId: q1 }, [id]);
      await app.dataSource.getRepository(Message).delete({ id: q1 });
      expect((await service.describe([q0])).get(q0)).toMatchObject([{ id }]);
    });
  });
});
