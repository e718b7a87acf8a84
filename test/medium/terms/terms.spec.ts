import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CLI_CONTEXT } from '../../../server/src/infrastructure/audit/audit-context.js';
import { AuditEntry } from '../../../server/src/infrastructure/audit/audit-entry.entity.js';
import { ChangesService } from '../../../server/src/infrastructure/changes/changes.service.js';
import { TermsPublicationService } from '../../../server/src/terms/terms-publication.service.js';
import { TermsService } from '../../../server/src/terms/terms.service.js';
import { TestApplication } from '../../support/lumen/application.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';
import { addPerson } from '../../support/lumen/people.js';
import { startReplica } from '../../support/lumen/replica.js';

describe.each(DIALECTS)('the terms of use on %s', (dialect) => {
  let app: TestApplication;
  let publication: TermsPublicationService;
  let terms: TermsService;
  let ada: string;

  beforeEach(async () => {
    app = await TestApplication.start(dialect);
    publication = app.context.get(TermsPublicationService);
    terms = app.context.get(TermsService);
    ada = (await addPerson(app.dataSource, 'ada@example.edu')).id;
  });

  afterEach(() => app[Symbol.asyncDispose]());

  const publish = (basedOn: number) =>
    publication.publish({ text: `Terms ${basedOn + 1}`, changes: '', basedOn }, CLI_CONTEXT);

  it('are owed once for each version', async () => {
    expect(await terms.current()).toBeNull();
    expect(await terms.isOwing(ada)).toBe(false);
    await publish(0);
    expect(await terms.isOwing(ada)).toBe(true);
    await terms.accept(ada, 1, CLI_CONTEXT);
    expect(await terms.isOwing(ada)).toBe(false);
    await publish(1);
    expect(await terms.current()).toMatchObject({ version: 2, text: 'Terms 2' });
    expect(await terms.isOwing(ada)).toBe(true);
    await expect(terms.accept(ada, 1, CLI_CONTEXT)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('count one agreement of a person, however often it is sent at once', async () => {
    await publish(0);
    await Promise.all([1, 2, 3].map(() => terms.accept(ada, 1, CLI_CONTEXT)));
    await terms.accept(ada, 1, CLI_CONTEXT);
    expect(await publication.list()).toMatchObject([{ version: 1, acceptances: 1 }]);
    const agreed = { action: 'terms.accept', objectId: '1' };
    expect(await app.dataSource.getRepository(AuditEntry).countBy(agreed)).toBe(1);
  });

  it('that were published meanwhile are not published over', async () => {
    const outcomes = await Promise.allSettled([publish(0), publish(0)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(publish(0)).rejects.toMatchObject({ code: 'conflict' });
    expect(await publication.list()).toHaveLength(1);
  });

  it('are owed by nobody once they are withdrawn, and again when others are published', async () => {
    await expect(publication.withdraw(1, CLI_CONTEXT)).rejects.toMatchObject({ code: 'not_found' });
    await publish(0);
    await publication.withdraw(1, CLI_CONTEXT);
    expect(await terms.isOwing(ada)).toBe(false);
    await expect(publication.withdraw(1, CLI_CONTEXT)).rejects.toMatchObject({ code: 'conflict' });
    await publish(1);
    expect(await terms.isOwing(ada)).toBe(true);
  });

  it('reach another replica that hears of them', async () => {
    await using other = await startReplica(app);
    const elsewhere = other.context.get(TermsService);
    expect(await elsewhere.isOwing(ada)).toBe(false);
    await publish(0);
    await other.context.get(ChangesService).lookNow();
    expect(await elsewhere.isOwing(ada)).toBe(true);
    await terms.accept(ada, 1, CLI_CONTEXT);
    expect(await elsewhere.isOwing(ada)).toBe(false);
  });
});
