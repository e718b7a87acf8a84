import { Injectable } from '@nestjs/common';
import { AccessService, type ModelStanding } from '../../access/index.js';
import { ConfigurationService } from '../../config/configuration.service.js';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { type Principal } from '../../infrastructure/http/principal.js';
import {
  type EndpointState,
  endpointStanding,
  ModelReadmeService,
  RouterService,
  unknownModel,
} from '../../models/index.js';
import { type KeyedUsage, readPeriod, UsageReportService } from '../../usage/index.js';
import { rolesOf } from '../../users/index.js';
import {
  ModelCardDto,
  type ModelPageDto,
  type ModelReadmeDto,
  type ModelRequestsDto,
} from './model-card.dto.js';

const TECHNICIANS = ['admin', 'engineer', 'superadmin'] as const;

/** The models as everybody sees them: what they are for, what they cost, how they fare. */
@Injectable()
export class ModelPagesService {
  constructor(
    private readonly access: AccessService,
    private readonly router: RouterService,
    private readonly usage: UsageReportService,
    private readonly readmes: ModelReadmeService,
    private readonly configuration: ConfigurationService,
    private readonly clock: ClockService,
  ) {}

  /** All that are not disabled, those the caller may not use included, with the reason. */
  async cards(principal: Principal): Promise<ModelCardDto[]> {
    const standings = await this.access.standings(principal, 'chat');
    return standings.map((standing) => this.card(standing).card);
  }

  /** @throws AppError model_not_found, invalid_request for a time zone that is none */
  async page(principal: Principal, model: string, tz = 'UTC'): Promise<ModelPageDto> {
    const { card, states } = this.card(await this.standing(principal, model));
    const nowMs = this.clock.nowMs();
    const [hours, days] = await Promise.all([
      this.usage.series(readPeriod({ period: '24h', tz }, nowMs), 'hour', { model }),
      this.usage.series(readPeriod({ period: '30d', tz }, nowMs), 'day', { model }),
    ]);
    const addresses = this.mayKnowAddresses(principal) ? states.map(addressOf) : null;
    return { ...card, hours: hours.map(requestsOf), days: days.map(requestsOf), addresses };
  }

  /** @throws AppError model_not_found */
  async readme(principal: Principal, model: string): Promise<ModelReadmeDto> {
    const { entry } = await this.standing(principal, model);
    const readme = await this.readmes.of(entry.url);
    return { text: readme?.text ?? null, source: readme?.source ?? null };
  }

  private mayKnowAddresses({ email, grantedRoles }: Principal): boolean {
    const roles = rolesOf(email, grantedRoles, this.configuration.current);
    return TECHNICIANS.some((role) => roles.has(role));
  }

  private async standing(principal: Principal, model: string): Promise<ModelStanding> {
    const standings = await this.access.standings(principal, 'chat');
    const standing = standings.find(({ entry }) => entry.id === model);
    if (!standing) throw unknownModel(model);
    return standing;
  }

  private card(standing: ModelStanding): { card: ModelCardDto; states: readonly EndpointState[] } {
    const states = this.router.states(standing.entry);
    return { card: ModelCardDto.from(standing, states), states };
  }
}

function requestsOf({ key, sums }: KeyedUsage): ModelRequestsDto {
  return { key, requests: sums.requests, errors: sums.errors };
}

function addressOf(state: EndpointState) {
  return { url: state.endpoint.url, status: endpointStanding(state) };
}
