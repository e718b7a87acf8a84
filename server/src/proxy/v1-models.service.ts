import { Injectable } from '@nestjs/common';
import { AccessService } from '../access/index.js';
import { type Principal } from '../infrastructure/http/principal.js';
import {
  type CatalogueEntry,
  CatalogueService,
  endpointStanding,
  modelStatus,
  RouterService,
  unknownModel,
} from '../models/index.js';
import { type ListedModel } from './v1-models.dto.js';

/** The models as the API shows them: to whom may use them, and all of them to monitoring tools. */
@Injectable()
export class V1ModelsService {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly access: AccessService,
    private readonly router: RouterService,
  ) {}

  /** Those the caller may use now, in the order of the catalogue. */
  async list(principal: Principal): Promise<readonly ListedModel[]> {
    const entries = await this.entriesFor(principal);
    return entries.map((entry) => this.withStatus(entry));
  }

  /**
   * One model. A model that the caller is blocked from is as unknown as one that does not exist;
   * one that waits for an acknowledgement says so.
   * @throws AppError model_not_found, acknowledgement_required
   */
  async find(
    { principal, requestId }: { principal: Principal; requestId: string },
    id: string,
  ): Promise<ListedModel> {
    const entry = this.catalogue.resolve(id);
    if (principal.credential === 'monitoring') return this.withStatus(entry);
    const { access } = await this.access.decide(principal, entry);
    if (access === 'blocked') throw unknownModel(id);
    await this.access.admit({ principal, source: 'api', requestId }, entry);
    return this.withStatus(entry);
  }

  private async entriesFor(principal: Principal): Promise<readonly CatalogueEntry[]> {
    if (principal.credential === 'monitoring') return this.catalogue.current.list;
    const standings = await this.access.standings(principal, 'api');
    return standings.filter(({ access }) => access === 'allowed').map(({ entry }) => entry);
  }

  private withStatus(entry: CatalogueEntry): ListedModel {
    const states = this.router.states(entry);
    const working = states.filter((state) => endpointStanding(state) !== 'down').length;
    return { entry, status: modelStatus(states), working };
  }
}
