import { Injectable } from '@nestjs/common';
import { type AuditContext } from '../../infrastructure/audit/audit-context.js';
import { type Page, pageOfList } from '../../infrastructure/database/page.js';
import { AppError } from '../../infrastructure/errors/app-error.js';
import {
  type CatalogueEntry,
  CatalogueService,
  EndpointChecksService,
  EndpointProbesService,
  type EndpointState,
  endpointStanding,
  RouterService,
} from '../../models/index.js';
import { ProviderTestResultDto, ProviderTestService } from '../../providers/index.js';
import { CheckedEndpointDto, type ListEndpointsDto } from './endpoint-health.dto.js';

interface Row {
  entry: CatalogueEntry;
  state: EndpointState;
}

/** Every endpoint of every model, one by one: how it is, how it was, and what it answers now. */
@Injectable()
export class EndpointAdministrationService {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly router: RouterService,
    private readonly checks: EndpointChecksService,
    private readonly probes: EndpointProbesService,
    private readonly tests: ProviderTestService,
  ) {}

  async list(query: ListEndpointsDto): Promise<Page<CheckedEndpointDto>> {
    const sign = query.order === 'desc' ? -1 : 1;
    const wanted = this.rows().filter((row) => isWanted(row, query));
    const page = pageOfList(
      wanted.sort((one, other) => sign * compare(one, other, query.sort)),
      query,
    );
    const ids = page.items.map(({ state }) => state.endpoint.id);
    const history = await this.checks.history(ids, query.span);
    const items = page.items.map(({ entry, state }) =>
      CheckedEndpointDto.from(entry.id, state, history.get(state.endpoint.id) ?? []),
    );
    return { ...page, items };
  }

  /**
   * Sends one small request to the endpoint, and checks it once more.
   * @throws AppError not_found, overloaded
   */
  async test(audit: AuditContext, id: string, stream: boolean): Promise<ProviderTestResultDto> {
    const row = this.rows().find(({ state }) => state.endpoint.id === id);
    if (!row) throw new AppError('not_found', 'There is no endpoint with this id any more.');
    const { url, origin, basePath, authorization, upstreamModel } = row.state.endpoint;
    const endpoint = {
      id,
      url,
      baseUrl: `${origin}${basePath}`,
      apiKey: authorization?.replace(/^Bearer /, '') ?? '',
      model: upstreamModel,
      allowsPrivate: !row.state.endpoint.isPublicOnly,
    };
    const [result] = await Promise.all([
      this.tests.runAt(audit, endpoint, stream),
      this.probes.probe([{ ...row.entry, endpoints: [row.state.endpoint] }]),
    ]);
    return result;
  }

  private rows(): Row[] {
    const { list, fallback } = this.catalogue.current;
    const entries = fallback && !list.includes(fallback) ? [...list, fallback] : list;
    return entries.flatMap((entry) => this.router.states(entry).map((state) => ({ entry, state })));
  }
}

function isWanted({ entry, state }: Row, query: ListEndpointsDto): boolean {
  if (query.status && endpointStanding(state) !== query.status) return false;
  const search = query.search?.toLowerCase() ?? '';
  return [entry.id, state.endpoint.url].some((text) => text.toLowerCase().includes(search));
}

type Sort = ListEndpointsDto['sort'];

const VALUES: Record<Sort, (row: Row) => string | number> = {
  model: ({ entry }) => entry.id.toLowerCase(),
  url: ({ state }) => state.endpoint.url,
  status: ({ state }) => endpointStanding(state),
  inFlight: ({ state }) => state.inFlight,
};

function compare(one: Row, other: Row, sort: Sort): number {
  for (const valueOf of [VALUES[sort], VALUES.model, VALUES.url]) {
    const [a, b] = [valueOf(one), valueOf(other)];
    if (a !== b) return a < b ? -1 : 1;
  }
  return 0;
}
