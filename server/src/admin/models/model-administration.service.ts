import { Injectable } from '@nestjs/common';
import { type Page, pageOfList } from '../../infrastructure/database/page.js';
import {
  type CatalogueEntry,
  CatalogueService,
  ModelRefreshService,
  RouterService,
  unknownModel,
} from '../../models/index.js';
import { AdministeredModelDto, type ListAdministeredModelsDto } from './administered-model.dto.js';

/** Every model as engineers see it, disabled ones included. */
@Injectable()
export class ModelAdministrationService {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly router: RouterService,
    private readonly refresh: ModelRefreshService,
  ) {}

  list(query: ListAdministeredModelsDto): Page<AdministeredModelDto> {
    const wanted = this.all().filter((model) => isWanted(model, query));
    const sign = query.order === 'desc' ? -1 : 1;
    const sorted = wanted.sort((one, other) => sign * compare(one, other, query.sort));
    return pageOfList(sorted, query);
  }

  /** @throws AppError model_not_found */
  find(model: string): AdministeredModelDto {
    const found = this.all().find((each) => each.model === model);
    if (!found) throw unknownModel(model);
    return found;
  }

  private all(): AdministeredModelDto[] {
    const { all, fallback } = this.catalogue.current;
    const places = this.refresh.places();
    const describe = (entry: CatalogueEntry) =>
      AdministeredModelDto.from(entry, places.get(entry.id), this.router.states(entry));
    const models = all.map(describe);
    const isListed = fallback === null || all.some(({ id }) => id === fallback.id);
    return isListed ? models : [...models, describe(fallback)];
  }
}

function isWanted(
  { model, source, isDisabled, endpoints }: AdministeredModelDto,
  query: ListAdministeredModelsDto,
): boolean {
  if (query.source && source !== query.source) return false;
  if (query.state && isDisabled !== (query.state === 'disabled')) return false;
  const search = query.search?.toLowerCase() ?? '';
  return [model, ...endpoints.map(({ url }) => url)].some((text) =>
    text.toLowerCase().includes(search),
  );
}

type Sort = ListAdministeredModelsDto['sort'];

const VALUES: Record<Exclude<Sort, 'model'>, (model: AdministeredModelDto) => string | number> = {
  source: ({ source }) => source,
  input: ({ inputCostPerMillion }) => inputCostPerMillion,
  output: ({ outputCostPerMillion }) => outputCostPerMillion,
  context: ({ contextWindow }) => contextWindow ?? 0,
};

function compare(one: AdministeredModelDto, other: AdministeredModelDto, sort: Sort): number {
  const valueOf = sort === 'model' ? () => 0 : VALUES[sort];
  const [a, b] = [valueOf(one), valueOf(other)];
  if (a !== b) return a < b ? -1 : 1;
  return one.model.toLowerCase() < other.model.toLowerCase() ? -1 : 1;
}
