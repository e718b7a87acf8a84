import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, Repository } from 'typeorm';
import { GroupsService } from '../groups/index.js';
import { type AuditContext } from '../infrastructure/audit/audit-context.js';
import { type AuditEvent, AuditTrailService } from '../infrastructure/audit/audit-trail.service.js';
import { ChangesService } from '../infrastructure/changes/changes.service.js';
import { ClockService } from '../infrastructure/clock/clock.service.js';
import { newId } from '../infrastructure/crypto/identifiers.js';
import { rowLock } from '../infrastructure/database/row-lock.js';
import { AppError } from '../infrastructure/errors/app-error.js';
import { Announcement } from './announcement.entity.js';
import { AnnouncementDto, type SaveAnnouncementDto } from './announcements.dto.js';

/** Nobody reads more, and every page asks for them. */
const MOST = 200;

/** Makes, changes and removes announcements; each change with its line in the audit log. */
@Injectable()
export class AnnouncementChangesService {
  constructor(
    @InjectRepository(Announcement) private readonly announcements: Repository<Announcement>,
    private readonly groups: GroupsService,
    private readonly audit: AuditTrailService,
    private readonly changes: ChangesService,
    private readonly clock: ClockService,
  ) {}

  /** @throws AppError invalid_request naming the field; conflict when there are too many */
  async create(input: SaveAnnouncementDto, context: AuditContext): Promise<Announcement> {
    const now = this.clock.now();
    const values = this.valuesOf(input);
    const announcement = { id: newId(), createdAt: now, updatedAt: now, ...values };
    await this.write(context, async (manager) => {
      if ((await manager.count(Announcement)) >= MOST) throw tooMany();
      await manager.insert(Announcement, announcement);
      return { action: 'announcement.create', object: objectOf(announcement), after: values };
    });
    return announcement;
  }

  /**
   * @throws AppError not_found; invalid_request; conflict with the present form in its details when
   * it was changed since `basedOn`
   */
  async update(
    id: string,
    { basedOn, ...input }: SaveAnnouncementDto & { basedOn?: string },
    context: AuditContext,
  ): Promise<Announcement> {
    const values = this.valuesOf(input);
    return this.write(context, async (manager) => {
      const announcement = await lock(id, manager);
      refuseStale(announcement, basedOn);
      const before = { ...announcement };
      Object.assign(announcement, values, { updatedAt: this.clock.now() });
      await manager.save(announcement);
      return {
        action: 'announcement.update',
        object: objectOf(announcement),
        before: shown(before),
        after: shown(announcement),
        announcement,
      };
    }).then((event) => event.announcement);
  }

  /** @throws AppError not_found */
  async remove(id: string, context: AuditContext): Promise<void> {
    await this.write(context, async (manager) => {
      const announcement = await lock(id, manager);
      await manager.delete(Announcement, { id });
      return {
        action: 'announcement.delete',
        object: objectOf(announcement),
        before: shown(announcement),
      };
    });
  }

  private valuesOf(input: SaveAnnouncementDto) {
    const { severity, text, audience, isDismissible } = input;
    const startsAt = timeAt('startsAt', input.startsAt);
    const endsAt = input.endsAt == null ? null : timeAt('endsAt', input.endsAt);
    if (endsAt !== null && endsAt <= startsAt) {
      throw invalid('endsAt', 'It ends before it starts. Choose a later end, or none.');
    }
    const groups = audience === 'groups' ? [...new Set(input.groups)] : [];
    const unknown = groups.find((name) => this.groups.find(name) === undefined);
    if (unknown !== undefined) throw invalid('groups', `There is no group named "${unknown}".`);
    const title = input.title.trim();
    return { severity, title, text, audience, groups, isDismissible, startsAt, endsAt };
  }

  private async write<Event extends AuditEvent>(
    context: AuditContext,
    work: (manager: EntityManager) => Promise<Event>,
  ): Promise<Event> {
    const event = await this.announcements.manager.transaction(async (manager) => {
      const done = await work(manager);
      const { action, object, before, after } = done;
      const said = {
        ...(before && { before }),
        ...(after && { after }),
        ...(object && { object }),
      };
      await this.audit.record(context, { action, ...said }, manager);
      await this.changes.publish('announcements', '', manager);
      return done;
    });
    this.changes.tellHere('announcements');
    return event;
  }
}

const objectOf = ({ id, title }: { id: string; title: string }) => ({
  kind: 'announcement',
  id,
  name: title,
});

function shown({ createdAt: _created, updatedAt: _updated, id: _id, ...rest }: Announcement) {
  return { ...rest };
}

async function lock(id: string, manager: EntityManager): Promise<Announcement> {
  const announcement = await manager.findOne(Announcement, { where: { id }, ...rowLock(manager) });
  if (announcement) return announcement;
  throw new AppError('not_found', 'There is no such announcement any more.');
}

function refuseStale(announcement: Announcement, basedOn: string | undefined): void {
  const seen = basedOn === undefined ? null : new Date(basedOn).getTime();
  if (seen === null || seen === announcement.updatedAt.getTime()) return;
  throw new AppError(
    'conflict',
    'Somebody changed this announcement meanwhile. Look at both versions and save again.',
    { details: { current: AnnouncementDto.from(announcement) } },
  );
}

/** ISO 8601 has times, such as those of a week, that JavaScript does not know. */
function timeAt(field: string, text: string): Date {
  const time = new Date(text);
  if (!Number.isNaN(time.getTime())) return time;
  throw invalid(field, 'Write the time as 2026-11-21T08:00:00Z.');
}

function tooMany(): AppError {
  return new AppError('conflict', `There are ${MOST} announcements. Delete some that are over.`);
}

function invalid(field: string, message: string): AppError {
  return new AppError('invalid_request', message, { details: { fields: { [field]: [message] } } });
}
