import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type INestApplicationContext } from '@nestjs/common';
import { ApiKeyAuthenticationService } from '../../../server/src/auth/api-key-authentication.service.js';
import { ApiKeysService } from '../../../server/src/auth/index.js';
import { AttachmentContentsService } from '../../../server/src/chat/attachments/attachment-contents.service.js';
import { AttachmentPart } from '../../../server/src/chat/attachments/attachment-part.entity.js';
import { Attachment } from '../../../server/src/chat/attachments/attachment.entity.js';
import { secretsReport, sealedTables } from '../../../server/src/cli/secrets-report.js';
import { CLI_CONTEXT } from '../../../server/src/infrastructure/audit/audit-context.js';
import { ProviderRecordsService } from '../../../server/src/providers/index.js';
import { ProviderKeysService } from '../../../server/src/providers/provider-keys.service.js';
import { giveFile } from '../../support/chat/attached-files.js';
import { personOf } from '../../support/chat/chat-people.js';
import { TestApplication } from '../../support/lumen/application.js';
import { configurationText, DIALECTS } from '../../support/lumen/lumen-server.js';

const OLD = 'test-encryption-test-encryption-test-enc';
const NEW = 'the-encryption-key-of-this-year-0123456789';
const BYTES = Buffer.from('what was attached in the days of the old key');

describe.each(DIALECTS)('a new encryption key on %s', (dialect) => {
  let app: TestApplication;
  let userId: string;
  let attachmentId: string;
  let providerId: string;
  let key: string;

  beforeAll(async () => {
    app = await TestApplication.start(dialect);
    userId = await personOf(app, 'ada');
    attachmentId = (await giveFile(app, userId, { kind: 'image', bytes: BYTES })).id;
    const records = app.context.get(ProviderRecordsService);
    const wanted = { name: 'One', slug: 'one', type: 'custom' as const, models: ['m'] };
    const address = { baseUrl: 'https://one.example/v1', apiKey: 'sk-secret' };
    providerId = (await records.create(CLI_CONTEXT, { ...wanted, ...address })).id;
    const owner = { kind: 'user', id: userId, name: 'ada' } as const;
    key = (await app.context.get(ApiKeysService).create(CLI_CONTEXT, owner, { name: 'k' })).key;
  });
  afterAll(() => app[Symbol.asyncDispose]());

  /** Lumen on the same database with the new key, and these earlier ones. */
  const after = <T>(
    previous: readonly string[],
    work: (context: INestApplicationContext) => Promise<T>,
  ): Promise<T> => {
    const list = `  previous_encryption_keys: ${JSON.stringify(previous)}`;
    const text = configurationText(app.databaseUrl, { app: list });
    return app.configuredAs(text.replace(`encryption_key: ${OLD}`, `encryption_key: ${NEW}`), work);
  };
  const attached = async (context: INestApplicationContext) => {
    const of = await app.dataSource.getRepository(Attachment).findOneByOrFail({ id: attachmentId });
    return context.get(AttachmentContentsService).openWhole(of, 'file', BYTES.length);
  };
  const providerKey = async (context: INestApplicationContext) => {
    const provider = await context.get(ProviderRecordsService).find(providerId);
    const opened = context.get(ProviderKeysService).open(provider);
    return opened === null || opened === 'unreadable' ? opened : opened.reveal();
  };
  const callerOf = (context: INestApplicationContext) =>
    context.get(ApiKeyAuthenticationService).authenticate(key);
  const resealAll = async (context: INestApplicationContext) => {
    let count = 0;
    for (const [, table] of sealedTables(context)) count += (await table.reseal(NEW)).resealed;
    return count;
  };

  it('leaves nobody without what the one before protects, as long as both are in force', async () => {
    await after([], async (context) => {
      expect(await callerOf(context)).toBeNull();
      expect(await providerKey(context)).toBe('unreadable');
      await expect(attached(context)).rejects.toMatchObject({ code: 'conflict' });
      expect(await secretsReport(context)).toMatchObject({ unreadable: 2 });
    });
    await after([OLD], async (context) => {
      expect(await providerKey(context)).toBe('sk-secret');
      expect(await attached(context)).toEqual(BYTES);
      expect(await secretsReport(context)).toMatchObject({ unreadable: 0, needsPrevious: true });
    });
  });

  it('seals everything anew, also when it is begun a second time, and says when that is done', async () => {
    const parts = app.dataSource.getRepository(AttachmentPart);
    const before = await parts.findOneByOrFail({ attachmentId });
    await after([OLD], async (context) => {
      expect(await resealAll(context)).toBe(2);
      // The sealing was ended in the middle: one row is as it was.
      await parts.update({ attachmentId }, { sealed: before.sealed });
      expect(await resealAll(context)).toBe(1);
      expect(await resealAll(context)).toBe(0);
      expect(await secretsReport(context)).toMatchObject({ needsPrevious: true });
      expect(await callerOf(context)).toMatchObject({ ownerId: userId });
      expect(await secretsReport(context)).toMatchObject({ needsPrevious: false, unreadable: 0 });
    });
    await after([], async (context) => {
      expect(await callerOf(context)).toMatchObject({ ownerId: userId });
      expect(await providerKey(context)).toBe('sk-secret');
      expect(await attached(context)).toEqual(BYTES);
      expect(await secretsReport(context)).toMatchObject({ previousKeys: 0, unreadable: 0 });
    });
  });
});
