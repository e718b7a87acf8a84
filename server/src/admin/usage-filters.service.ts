import { Injectable } from '@nestjs/common';
import { AppError } from '../infrastructure/errors/app-error.js';
import { type UsageFilter } from '../usage/index.js';
import { UsageOfGroupsService } from './usage-of-groups.service.js';

/** What administrators may ask for, in the words of their query. */
export interface AskedUsage {
  user?: string;
  client?: string;
  group?: string;
  key?: string;
  model?: string;
  endpoint?: string;
  source?: string;
}

/** Turns what is asked for into what usage is counted by: ids. */
@Injectable()
export class UsageFiltersService {
  constructor(private readonly groups: UsageOfGroupsService) {}

  /** @throws AppError not_found for an unknown group, invalid_request for two owners */
  async of(asked: AskedUsage, signal?: AbortSignal): Promise<UsageFilter> {
    const { user, client, group, key, model, endpoint, source } = asked;
    if ([user, client, group].filter((owner) => owner !== undefined).length > 1) {
      throw twoOwners();
    }
    const filter = { apiKeyId: key, model, endpoint, source };
    if (user) return { ...filter, ownerKind: 'user', ownerIds: [user] };
    if (client) return { ...filter, ownerKind: 'client', ownerIds: [client] };
    if (!group) return filter;
    const ownerIds = await this.groups.membersOf(group, signal);
    return { ...filter, ownerKind: 'user', ...(ownerIds ? { ownerIds } : {}) };
  }
}

function twoOwners(): AppError {
  const message = 'Ask for one of user, client and group, not for two.';
  return new AppError('invalid_request', message, {
    param: 'user',
    details: { fields: { user: [message] } },
  });
}
