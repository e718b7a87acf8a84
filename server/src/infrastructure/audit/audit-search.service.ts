import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type SelectQueryBuilder, Repository } from 'typeorm';
import { findPage, type Page, type PageRequest } from '../database/page.js';
import { AuditEntry, type AuditOutcome } from './audit-entry.entity.js';

/** Which lines are wanted; what is left out does not matter. */
export interface AuditFilter {
  from?: Date;
  /** Up to, not including. */
  to?: Date;
  actorId?: string;
  action?: string;
  objectKind?: string;
  objectId?: string;
  outcome?: AuditOutcome;
}

const SORTABLE = ['at', 'action', 'actorName', 'objectName'];
const SEARCHED = ['actorName', 'action', 'objectName', 'objectId', 'reason', 'ip', 'requestId'];
const ROWS_AT_A_TIME = 500;

/** Reads the audit log. */
@Injectable()
export class AuditSearchService {
  constructor(@InjectRepository(AuditEntry) private readonly entries: Repository<AuditEntry>) {}

  page(filter: AuditFilter, request: PageRequest): Promise<Page<AuditEntry>> {
    return findPage(this.filtered(filter), request, { sortable: SORTABLE, searched: SEARCHED });
  }

  /** Every line that fits, oldest first, read in pieces so that any number fits in memory. */
  async *all(filter: AuditFilter): AsyncGenerator<AuditEntry[]> {
    let after = '';
    for (;;) {
      const rows = await this.filtered(filter)
        .andWhere('entry.id > :after', { after })
        .orderBy('entry.id', 'ASC')
        .limit(ROWS_AT_A_TIME)
        .getMany();
      if (rows.length > 0) yield rows;
      if (rows.length < ROWS_AT_A_TIME) return;
      after = rows.at(-1)!.id;
    }
  }

  private filtered(filter: AuditFilter): SelectQueryBuilder<AuditEntry> {
    const query = this.entries.createQueryBuilder('entry').where('1 = 1');
    if (filter.from) query.andWhere('entry.at >= :from', { from: filter.from.getTime() });
    if (filter.to) query.andWhere('entry.at < :to', { to: filter.to.getTime() });
    for (const name of ['actorId', 'action', 'objectKind', 'objectId', 'outcome'] as const) {
      const wanted = filter[name];
      if (wanted !== undefined) query.andWhere(`entry.${name} = :${name}`, { [name]: wanted });
    }
    return query;
  }
}
