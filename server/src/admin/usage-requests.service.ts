import { Injectable } from '@nestjs/common';
import { ClockService } from '../infrastructure/clock/clock.service.js';
import {
  endOf,
  type ExportRows,
  type LoggedRequest,
  LoggedRequestDto,
  type OwnedLine,
  type OwnerCells,
  readPeriod,
  RequestSearchService,
  UsageExportService,
} from '../usage/index.js';
import {
  type AdminRequestPageDto,
  type AdminRequestsQueryDto,
  type AdminUsageExportQueryDto,
} from './usage.dto.js';
import { UsageFiltersService } from './usage-filters.service.js';
import { UsageNamesService } from './usage-names.service.js';

const NAMES_AT_A_TIME = 500;

/** Everybody's requests, for administrators, as pages and as files. */
@Injectable()
export class UsageRequestsService {
  constructor(
    private readonly log: RequestSearchService,
    private readonly exports: UsageExportService,
    private readonly filters: UsageFiltersService,
    private readonly names: UsageNamesService,
    private readonly clock: ClockService,
  ) {}

  async page(query: AdminRequestsQueryDto, signal?: AbortSignal): Promise<AdminRequestPageDto> {
    const period = readPeriod(query, this.clock.nowMs());
    const { outcome, status } = query;
    const filter = { ...(await this.filters.of(query, signal)), outcome, status };
    const { items, next } = await this.log.page(period, filter, query);
    return { items: await this.described(items), next };
  }

  /** The lines of a CSV file, as fast as they are read. @throws AppError as `page`, before any line */
  async csv(query: AdminUsageExportQueryDto): Promise<AsyncGenerator<string>> {
    const period = readPeriod(query, this.clock.nowMs());
    const filter = { ...(await this.filters.of(query)), ...endOf(query) };
    return this.exports.csv(query.detail, period, filter, this.ownerCells());
  }

  /** The rows of that file before they are CSV; the first is of names. @throws AppError as `csv` */
  async rows(query: AdminUsageExportQueryDto): Promise<AsyncGenerator<ExportRows>> {
    const period = readPeriod(query, this.clock.nowMs());
    const filter = { ...(await this.filters.of(query)), ...endOf(query) };
    return this.exports.rows(query.detail, period, filter, this.ownerCells());
  }

  private async described(items: readonly LoggedRequest[]): Promise<AdminRequestPageDto['items']> {
    const emails = await this.names.ofUsers(items.flatMap(({ userId }) => userId ?? []));
    const clients = await this.names.ofClients(items.flatMap(({ clientId }) => clientId ?? []));
    return items.map((request) => {
      const { userId, clientId, endpoint } = request;
      const userEmail = userId === null ? null : (emails.get(userId) ?? null);
      const clientName = clientId === null ? null : (clients.get(clientId) ?? null);
      return {
        ...LoggedRequestDto.from(request),
        userId,
        userEmail,
        clientId,
        clientName,
        endpoint,
      };
    });
  }

  /** Names that were looked up for one piece of the file are kept for the next. */
  private ownerCells(): OwnerCells {
    const known = new Map<string, string>();
    return {
      columns: ['ownerKind', 'ownerId', 'ownerName', 'apiKeyId'],
      prepare: (lines) => this.learn(known, lines),
      of: ({ ownerKind, ownerId, apiKeyId }) => [
        ownerKind,
        ownerId,
        known.get(ownerId) ?? '',
        apiKeyId,
      ],
    };
  }

  private async learn(known: Map<string, string>, lines: readonly OwnedLine[]): Promise<void> {
    const unknown = lines.filter(({ ownerId }) => !known.has(ownerId));
    const idsOf = (kind: string) => [
      ...new Set(
        unknown.filter(({ ownerKind }) => ownerKind === kind).map(({ ownerId }) => ownerId),
      ),
    ];
    const users = idsOf('user');
    for (let start = 0; start < users.length; start += NAMES_AT_A_TIME) {
      const some = users.slice(start, start + NAMES_AT_A_TIME);
      for (const [id, email] of await this.names.ofUsers(some)) known.set(id, email);
    }
    for (const [id, name] of await this.names.ofClients(idsOf('client'))) known.set(id, name);
    for (const { ownerId } of unknown) if (!known.has(ownerId)) known.set(ownerId, '');
  }
}
