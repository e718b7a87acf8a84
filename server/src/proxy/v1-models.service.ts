import { Injectable } from '@nestjs/common';
import { AccessService } from '../access/index.js';
import { type Principal } from '../infrastructure/http/principal.js';
import { CatalogueService, type CatalogueEntry, unknownModel } from '../models/index.js';

/** The models as the API shows them: to whom may use them, and all of them to monitoring tools. */
@Injectable()
export class V1ModelsService {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly access: AccessService,
  ) {}

  /** Those the caller may use now, in the order of the catalogue. */
  async list(principal: Principal): Promise<readonly CatalogueEntry[]> {
    if (principal.credential === 'monitoring') return this.catalogue.current.list;
    const standings = await this.access.standings(principal, 'api');
    return standings.filter(({ access }) => access === 'allowed').map(({ entry }) => entry);
  }

  /**
   * One model. A model that the caller is blocked from is as unknown as one that does not exist;
   * one that waits for an acknowledgement says so.
   * @throws AppError model_not_found, acknowledgement_required
   */
  async find(
    { principal, requestId }: { principal: Principal; requestId: string },
    id: string,
  ): Promise<CatalogueEntry> {
    const entry = this.catalogue.resolve(id);
    if (principal.credential === 'monitoring') return entry;
    const { access } = await this.access.decide(principal, entry);
    if (access === 'blocked') throw unknownModel(id);
    await this.access.admit({ principal, source: 'api', requestId }, entry);
    return entry;
  }
}
