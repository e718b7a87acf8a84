import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { GroupsService } from '../groups/index.js';
import { ChangesService } from '../infrastructure/changes/changes.service.js';
import { ClockService } from '../infrastructure/clock/clock.service.js';
import { UsersService } from '../users/index.js';
import { type Reader, shownTo } from './announcement-audience.js';
import { Announcement } from './announcement.entity.js';

/** Also without a word of a change they are read anew after this time. */
const KEPT_MS = 60_000;

/**
 * What is announced, from memory: every page asks, and what it says changes a few times a year.
 * A change is seen here at once, by other replicas within two seconds.
 */
@Injectable()
export class AnnouncementsService {
  private kept: { until: number; all: Promise<readonly Announcement[]> } | null = null;

  constructor(
    @InjectRepository(Announcement) private readonly announcements: Repository<Announcement>,
    private readonly users: UsersService,
    private readonly groups: GroupsService,
    private readonly clock: ClockService,
    changes: ChangesService,
  ) {
    changes.heard$.subscribe(({ kind }) => {
      if (kind === 'announcements') this.kept = null;
    });
  }

  /** All of them, past and future ones too, the latest first. */
  list(): Promise<Announcement[]> {
    return this.announcements.find({ order: { startsAt: 'DESC', id: 'DESC' } });
  }

  /** What a person is shown now; null: somebody who is not signed in. */
  async shownTo(userId: string | null): Promise<Announcement[]> {
    const all = await this.all();
    const now = this.clock.now();
    if (userId === null) return shownTo(all, null, now);
    const isForGroups = all.some(({ audience }) => audience === 'groups');
    return shownTo(all, isForGroups ? await this.groupsOf(userId) : new Set(), now);
  }

  private async groupsOf(userId: string): Promise<Reader> {
    const user = await this.users.find(userId);
    const memberships = user === null ? [] : await this.groups.ofUser(user);
    return new Set(memberships.map(({ group }) => group.name));
  }

  private all(): Promise<readonly Announcement[]> {
    const now = this.clock.nowMs();
    if (this.kept === null || this.kept.until < now) {
      const kept = { until: now + KEPT_MS, all: this.list() };
      kept.all.catch(() => {
        if (this.kept === kept) this.kept = null;
      });
      this.kept = kept;
    }
    return this.kept.all;
  }
}
