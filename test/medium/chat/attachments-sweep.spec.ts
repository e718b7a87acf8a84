import { describe, expect, it } from '@jest/globals';
import { Attachment } from '../../../server/src/chat/attachments/attachment.entity.js';
import { AttachmentPart } from '../../../server/src/chat/attachments/attachment-part.entity.js';
import { AttachmentsService } from '../../../server/src/chat/attachments/attachments.service.js';
import { OldAttachmentsService } from '../../../server/src/chat/attachments/old-attachments.service.js';
import { Message } from '../../../server/src/chat/messages/message.entity.js';
import { LeaseService } from '../../../server/src/infrastructure/leases/lease.service.js';
import { giveFile } from '../../support/chat/attached-files.js';
import { personOf } from '../../support/chat/chat-people.js';
import { writeConversation, writeMessages } from '../../support/chat/written-conversations.js';
import { TestApplication } from '../../support/lumen/application.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';

const HOUR_MS = 3_600_000;
const ago = (hours: number) => new Date(Date.now() - hours * HOUR_MS);

describe.each(DIALECTS)('attachments that nothing uses on %s', (dialect) => {
  const keptIn = (app: TestApplication) =>
    app.dataSource.getRepository(Attachment).find({ select: { id: true } });

  it('are deleted after a day, those that wait for a question and those that lost it', async () => {
    await using app = await TestApplication.start(dialect);
    const ada = await personOf(app, 'ada');
    const conversation = await writeConversation(app.dataSource, ada);
    const { q0, q1 } = await writeMessages(app.dataSource, conversation.id, [
      { name: 'q0' },
      { name: 'q1' },
    ]);
    const [used, lost] = [await giveFile(app, ada), await giveFile(app, ada)];
    const target = { userId: ada, conversationId: conversation.id };
    const attachments = app.context.get(AttachmentsService);
    await app.dataSource.transaction(async (manager) => {
      await attachments.attach(manager, { ...target, messageId: q0! }, [used.id]);
      await attachments.attach(manager, { ...target, messageId: q1! }, [lost.id]);
    });
    await app.dataSource.getRepository(Message).delete({ id: q1! });
    await app.dataSource.getRepository(Attachment).update({ userId: ada }, { createdAt: ago(100) });
    const fresh = await giveFile(app, ada, { createdAt: ago(23.9) });
    for (let count = 0; count < 45; count += 1) await giveFile(app, ada, { createdAt: ago(25) });
    expect(await app.context.get(OldAttachmentsService).remove()).toBe(46);
    const kept = await keptIn(app);
    expect(kept.map(({ id }) => id).sort()).toEqual([used.id, fresh.id].sort());
    expect(await app.dataSource.getRepository(AttachmentPart).count()).toBe(4);
    expect(await app.context.get(OldAttachmentsService).remove()).toBe(0);
  });

  it('are deleted or asked about, never both', async () => {
    await using app = await TestApplication.start(dialect);
    const userId = await personOf(app, 'ada');
    const { id: conversationId } = await writeConversation(app.dataSource, userId);
    const names = Array.from({ length: 12 }, (_, index) => `q${index}`);
    const said = names.map((name) => ({ name }));
    const messages = await writeMessages(app.dataSource, conversationId, said);
    const files: Attachment[] = [];
    for (const _name of names) files.push(await giveFile(app, userId, { createdAt: ago(25) }));
    const service = app.context.get(AttachmentsService);
    const asking = names.map((name, index) => {
      const target = { userId, conversationId, messageId: messages[name]! };
      return app.dataSource.transaction((manager) =>
        service.attach(manager, target, [files[index]!.id]),
      );
    });
    const [, ...asked] = await Promise.allSettled([
      app.context.get(OldAttachmentsService).remove(),
      ...asking,
    ]);
    const kept = new Set((await keptIn(app)).map(({ id }) => id));
    const contents = await service.contentsOf(Object.values(messages));
    for (const [index, name] of names.entries()) {
      const isAsked = asked[index]!.status === 'fulfilled';
      expect(kept.has(files[index]!.id)).toBe(isAsked);
      expect(contents.has(messages[name]!)).toBe(isAsked);
    }
  });

  it('are deleted by one replica at a time', async () => {
    await using app = await TestApplication.start(dialect);
    const ada = await personOf(app, 'ada');
    await giveFile(app, ada, { createdAt: ago(25) });
    const old = app.context.get(OldAttachmentsService);
    await app.context.get(LeaseService).runAlone('old-attachments', 60_000, async () => {
      await old.removeInBackground();
    });
    expect(await keptIn(app)).toHaveLength(1);
    await old.removeInBackground();
    expect(await keptIn(app)).toHaveLength(0);
  });
});
