import { Injectable } from '@nestjs/common';
import { nanoCoinsText } from '../../infrastructure/amounts/nano-coins.js';
import { begun } from '../../infrastructure/collections/begun.js';
import { type CsvCell, csvLine } from '../../infrastructure/http/csv.js';
import { type LoggedRequest } from '../log/logged-request.js';
import { type RequestFilter, RequestSearchService } from '../log/request-search.service.js';
import { type DetailRow, RollupRepository } from '../rollups/rollup.repository.js';
import { bucketOf } from './usage-buckets.js';
import { type TimeZone } from './time-zone.js';
import { type UsagePeriod } from './usage-period.js';
import { addUsage } from '../rollups/usage-sums.js';

/** Sums by day (local), owner, key, model and source; or one line a request. */
export type ExportDetail = 'days' | 'requests';

/** Cells that tell whose a line is, in front of the others; `columns` are their names. */
export interface OwnerCells {
  columns: readonly string[];
  /** Gets ready to name all of these owners and keys. */
  prepare(lines: readonly OwnedLine[]): Promise<void>;
  of(line: OwnedLine): readonly CsvCell[];
}

export interface OwnedLine {
  ownerKind: string;
  ownerId: string;
  apiKeyId: string;
}

const SUM_NAMES = [
  'requests',
  'errors',
  'cancelled',
  'promptTokens',
  'completionTokens',
  'cachedTokens',
  'reasoningTokens',
  'cost',
];

const REQUEST_NAMES = [
  'id',
  'requestId',
  'startedAt',
  'source',
  'operation',
  'model',
  'isStream',
  'status',
  'errorCode',
  'outcome',
  'promptTokens',
  'completionTokens',
  'cachedTokens',
  'reasoningTokens',
  'firstByteMs',
  'durationMs',
  'cost',
  'accuracy',
] as const;

const OWN_CELLS: OwnerCells = {
  columns: ['apiKeyId'],
  prepare: () => Promise.resolve(),
  of: ({ apiKeyId }) => [apiKeyId],
};

/** Some rows of an export; the first ones begin with a row of names. */
export type ExportRows = readonly (readonly CsvCell[])[];

/** Usage as CSV, read and written in pieces so that any amount fits in memory. */
@Injectable()
export class UsageExportService {
  constructor(
    private readonly rollups: RollupRepository,
    private readonly log: RequestSearchService,
  ) {}

  /** The lines of the file; the first have been read when this resolves. */
  async csv(
    detail: ExportDetail,
    period: UsagePeriod,
    filter: RequestFilter,
    owners: OwnerCells = OWN_CELLS,
  ): Promise<AsyncGenerator<string>> {
    return linesOf(await this.rows(detail, period, filter, owners));
  }

  /** The same before it is CSV. */
  async rows(
    detail: ExportDetail,
    period: UsagePeriod,
    filter: RequestFilter,
    owners: OwnerCells,
  ): Promise<AsyncGenerator<ExportRows>> {
    return detail === 'days'
      ? dayRows(await begun(this.rollups.detail(period, filter)), period.zone, owners)
      : requestRows(await begun(this.log.all(period, filter)), owners);
  }
}

async function* linesOf(pieces: AsyncGenerator<ExportRows>): AsyncGenerator<string> {
  for await (const rows of pieces) yield rows.map(csvLine).join('');
}

async function* dayRows(
  pieces: AsyncIterable<readonly DetailRow[]>,
  zone: TimeZone,
  owners: OwnerCells,
): AsyncGenerator<ExportRows> {
  yield [['day', ...owners.columns, 'model', 'source', ...SUM_NAMES]];
  let current = { day: '', sums: new Map<string, DetailRow>() };
  for await (const rows of pieces) {
    for (const row of rows) {
      const day = bucketOf(row.hour, 'day', zone);
      if (day !== current.day) {
        yield await rowsOfDay(current, owners);
        current = { day, sums: new Map() };
      }
      addRow(current.sums, row);
    }
  }
  yield await rowsOfDay(current, owners);
}

async function* requestRows(
  pieces: AsyncIterable<readonly LoggedRequest[]>,
  owners: OwnerCells,
): AsyncGenerator<ExportRows> {
  yield [[...owners.columns, ...REQUEST_NAMES]];
  for await (const requests of pieces) {
    const lines = requests.map(ownedLineOf);
    await owners.prepare(lines);
    yield requests.map((request, index) => [...owners.of(lines[index]!), ...cellsOf(request)]);
  }
}

function addRow(sums: Map<string, DetailRow>, row: DetailRow): void {
  const key = `${row.ownerKind}\0${row.ownerId}\0${row.apiKeyId}\0${row.model}\0${row.source}`;
  const before = sums.get(key);
  if (before) addUsage(before.sums, row.sums);
  else sums.set(key, row);
}

async function rowsOfDay(
  { day, sums }: { day: string; sums: ReadonlyMap<string, DetailRow> },
  owners: OwnerCells,
): Promise<ExportRows> {
  const rows = [...sums].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
  await owners.prepare(rows);
  return rows.map((row) => [day, ...owners.of(row), ...sumCells(row)]);
}

function sumCells({ model, source, sums }: DetailRow): CsvCell[] {
  const { requests, errors, cancelled, promptTokens, completionTokens } = sums;
  const { cachedTokens, reasoningTokens, cost } = sums;
  const tokens = [promptTokens, completionTokens, cachedTokens, reasoningTokens];
  return [model, source, requests, errors, cancelled, ...tokens, nanoCoinsText(cost)];
}

const ownedLineOf = ({ userId, clientId, apiKeyId }: LoggedRequest): OwnedLine => ({
  ownerKind: clientId === null ? 'user' : 'client',
  ownerId: clientId ?? userId ?? '',
  apiKeyId: apiKeyId ?? '',
});

const cellsOf = (request: LoggedRequest): CsvCell[] =>
  REQUEST_NAMES.map((name) => {
    const value = request[name];
    return typeof value === 'bigint' ? nanoCoinsText(value) : value;
  });
