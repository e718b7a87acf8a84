import { Injectable } from '@nestjs/common';
import { type AuditEntry } from '../infrastructure/audit/audit-entry.entity.js';
import { AuditSearchService } from '../infrastructure/audit/audit-search.service.js';
import { begun } from '../infrastructure/collections/begun.js';
import { csvLine } from '../infrastructure/http/csv.js';
import { AuditEntryDto, type AuditPageDto, type ListAuditDto } from './audit.dto.js';

const COLUMNS = [
  'at',
  'actorKind',
  'actorId',
  'actorName',
  'action',
  'outcome',
  'objectKind',
  'objectId',
  'objectName',
  'before',
  'after',
  'reason',
  'ip',
  'requestId',
  'id',
] as const;

/** The audit log for people: a page of it, or a file. */
@Injectable()
export class AuditExportService {
  constructor(private readonly entries: AuditSearchService) {}

  async page(query: ListAuditDto): Promise<AuditPageDto> {
    const page = await this.entries.page(query, query);
    return { ...page, items: page.items.map(AuditEntryDto.from) };
  }

  /** The lines of a CSV file, as fast as they are read; the first are when this resolves. */
  async csv(query: ListAuditDto): Promise<AsyncGenerator<string>> {
    return this.lines(await begun(this.entries.all(query)));
  }

  private async *lines(pieces: AsyncIterable<AuditEntry[]>): AsyncGenerator<string> {
    yield csvLine(COLUMNS);
    for await (const entries of pieces) {
      yield entries.map((entry) => this.line(AuditEntryDto.from(entry))).join('');
    }
  }

  private line(entry: AuditEntryDto): string {
    return csvLine(
      COLUMNS.map((column) => {
        const value = entry[column];
        return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
      }),
    );
  }
}
