import { Injectable } from '@nestjs/common';
import { AccessService, ModelStandingDto, type Owner } from '../../access/index.js';
import { ClientsService } from '../../clients/index.js';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { type CatalogueEntry, CatalogueService } from '../../models/index.js';
import { normaliseEmail, UsersService } from '../../users/index.js';
import {
  type ResolutionDto,
  type ResolutionQueryDto,
  type ResolvedPriceDto,
} from './resolution.dto.js';

const NANO = 1_000_000_000;

/** Says what a request would be answered by, whether its caller may, and what it would cost. */
@Injectable()
export class ResolutionService {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly access: AccessService,
    private readonly users: UsersService,
    private readonly clients: ClientsService,
  ) {}

  /** @throws AppError invalid_request for a name that nobody has */
  async explain({ model = '', asker, name = '' }: ResolutionQueryDto): Promise<ResolutionDto> {
    const owner = asker === 'nobody' ? null : await this.ownerOf(asker, name.trim());
    const chosenDefault = owner ? await this.access.defaultModelOf(owner) : null;
    const { result, steps } = this.catalogue.explain(model, { chosenDefault });
    if (typeof result === 'string') {
      return { result, model: null, steps: [...steps], standing: null, price: null };
    }
    const standing = await this.access.standingOf(result, owner, 'api');
    return {
      result: 'model',
      model: result.id,
      steps: [...steps],
      standing: ModelStandingDto.from(standing),
      price: priceOf(result),
    };
  }

  private async ownerOf(asker: 'user' | 'client', name: string): Promise<Owner> {
    const found =
      asker === 'user'
        ? await this.users.findByEmail(normaliseEmail(name))
        : await this.clients.findByName(name);
    if (found) return { ownerKind: asker, ownerId: found.id };
    const what = asker === 'user' ? 'person with this e-mail address' : 'client of this name';
    const message = `There is no ${what}.`;
    throw new AppError('invalid_request', message, { details: { fields: { name: [message] } } });
  }
}

function priceOf({ prices }: CatalogueEntry): ResolvedPriceDto {
  const { inputPerMillion, outputPerMillion, cachedInputPerMillion, audioPerHour } = prices;
  return {
    input: Number(inputPerMillion) / NANO,
    output: Number(outputPerMillion) / NANO,
    cachedInput: Number(cachedInputPerMillion) / NANO,
    audioPerHour: audioPerHour === null ? null : Number(audioPerHour) / NANO,
  };
}
