import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AnnouncementChangesService } from '../../../server/src/announcements/announcement-changes.service.js';
import { type SaveAnnouncementDto } from '../../../server/src/announcements/announcements.dto.js';
import { AnnouncementsService } from '../../../server/src/announcements/announcements.service.js';
import { CLI_CONTEXT } from '../../../server/src/infrastructure/audit/audit-context.js';
import { AuditEntry } from '../../../server/src/infrastructure/audit/audit-entry.entity.js';
import { ChangesService } from '../../../server/src/infrastructure/changes/changes.service.js';
import { TestApplication } from '../../support/lumen/application.js';
import { DIALECTS } from '../../support/lumen/lumen-server.js';
import { addPerson } from '../../support/lumen/people.js';
import { startReplica } from '../../support/lumen/replica.js';

const GROUPS = '  physics:\n    rules: [{ field: ou, equals: Physics }]\n';

describe.each(DIALECTS)('announcements on %s', (dialect) => {
  let app: TestApplication;
  let changes: AnnouncementChangesService;
  let announcements: AnnouncementsService;
  let physicist: string;
  let chemist: string;
  let count = 0;
  let title = '';

  beforeAll(async () => {
    app = await TestApplication.start(dialect, { groups: GROUPS });
    changes = app.context.get(AnnouncementChangesService);
    announcements = app.context.get(AnnouncementsService);
    const claims = (ou: string) => ({ claims: { ou } });
    physicist = (await addPerson(app.dataSource, 'p@example.edu', claims('Physics'))).id;
    chemist = (await addPerson(app.dataSource, 'c@example.edu', claims('Chemistry'))).id;
  });

  afterAll(() => app[Symbol.asyncDispose]());

  beforeEach(() => {
    count += 1;
    title = `announcement ${count}`;
  });

  const input = (more: Partial<SaveAnnouncementDto> = {}): SaveAnnouncementDto => ({
    severity: 'info',
    title,
    text: 'Some **text**',
    audience: 'signed_in',
    groups: [],
    isDismissible: true,
    startsAt: '2020-01-01T00:00:00.000Z',
    endsAt: null,
    ...more,
  });
  const create = (more?: Partial<SaveAnnouncementDto>) => changes.create(input(more), CLI_CONTEXT);
  const isShownTo = async (reader: string | null, service = announcements) =>
    (await service.shownTo(reader)).some((each) => each.title === title);

  it('reach those they are for, at once', async () => {
    expect(await isShownTo(physicist)).toBe(false);
    await create({ audience: 'groups', groups: ['physics'] });
    expect(await isShownTo(physicist)).toBe(true);
    expect(await isShownTo(chemist)).toBe(false);
    expect(await isShownTo(null)).toBe(false);
  });

  it('reach who is not signed in only when they are for everyone', async () => {
    const { id } = await create();
    expect(await isShownTo(null)).toBe(false);
    await changes.update(id, input({ audience: 'everyone' }), CLI_CONTEXT);
    expect(await isShownTo(null)).toBe(true);
    await changes.remove(id, CLI_CONTEXT);
    expect(await isShownTo(null)).toBe(false);
  });

  it('are not shown before their time or after it', async () => {
    const { id } = await create({ startsAt: '2999-01-01T00:00:00.000Z' });
    expect(await isShownTo(chemist)).toBe(false);
    await changes.update(id, input({ endsAt: '2020-02-01T00:00:00.000Z' }), CLI_CONTEXT);
    expect(await isShownTo(chemist)).toBe(false);
    expect((await announcements.list()).map((each) => each.title)).toContain(title);
  });

  it.each<[string, Partial<SaveAnnouncementDto>]>([
    ['endsAt', { endsAt: '2019-01-01T00:00:00.000Z' }],
    ['groups', { audience: 'groups', groups: ['physics', 'nobody knows'] }],
    ['startsAt', { startsAt: '2020-W01-1' }],
    ['endsAt', { endsAt: '20300101' }],
  ])('are refused at the field %s, and nothing is written', async (field, more) => {
    await expect(create(more)).rejects.toMatchObject({
      code: 'invalid_request',
      details: { fields: { [field]: [expect.any(String)] } },
    });
    expect((await announcements.list()).map((each) => each.title)).not.toContain(title);
  });

  it('have no end when none is told', async () => {
    const { endsAt: _none, ...untold } = input();
    const made = await changes.create(untold as SaveAnnouncementDto, CLI_CONTEXT);
    expect(made.endsAt).toBeNull();
  });

  it('that were changed meanwhile are not overwritten: both versions are there', async () => {
    const { id, updatedAt } = await create();
    const changed = await changes.update(id, input({ text: 'by another' }), CLI_CONTEXT);
    expect(changed.updatedAt.getTime()).toBeGreaterThanOrEqual(updatedAt.getTime());
    const stale = { ...input({ text: 'mine' }), basedOn: '2020-01-01T00:00:00.000Z' };
    await expect(changes.update(id, stale, CLI_CONTEXT)).rejects.toMatchObject({
      code: 'conflict',
      details: { current: { id, text: 'by another' } },
    });
    const fresh = { ...stale, basedOn: changed.updatedAt.toISOString() };
    expect(await changes.update(id, fresh, CLI_CONTEXT)).toMatchObject({ text: 'mine' });
  });

  it('leave a line in the audit log for each change', async () => {
    const { id } = await create();
    await changes.update(id, input({ severity: 'critical' }), CLI_CONTEXT);
    await changes.remove(id, CLI_CONTEXT);
    await expect(changes.remove(id, CLI_CONTEXT)).rejects.toMatchObject({ code: 'not_found' });
    const entries = await app.dataSource
      .getRepository(AuditEntry)
      .find({ where: { objectId: id }, order: { id: 'ASC' } });
    expect(entries).toMatchObject([
      { action: 'announcement.create', after: { severity: 'info' } },
      {
        action: 'announcement.update',
        before: { severity: 'info' },
        after: { severity: 'critical' },
      },
      { action: 'announcement.delete', before: { severity: 'critical' } },
    ]);
  });

  it('reach another replica that hears of them', async () => {
    await using other = await startReplica(app, { groups: GROUPS });
    const elsewhere = other.context.get(AnnouncementsService);
    expect(await isShownTo(physicist, elsewhere)).toBe(false);
    await create({ audience: 'groups', groups: ['physics'] });
    await other.context.get(ChangesService).lookNow();
    expect(await isShownTo(physicist, elsewhere)).toBe(true);
  });
});
