import { Injectable } from '@nestjs/common';
import { type Page } from '../infrastructure/database/page.js';
import { type User } from '../users/index.js';
import { ClientManagersService } from './client-managers.service.js';
import { ClientPeopleService } from './client-people.service.js';
import { type AdmittedClient } from './client-permissions.service.js';
import { clientVersion } from './client-version.js';
import { type Client } from './client.entity.js';
import { type ClientDetailDto, type ClientDto, type ClientPersonDto } from './clients.dto.js';
import { ClientsService } from './clients.service.js';

/** Clients as pages and tools see them, with the people and the configuration behind the ids. */
@Injectable()
export class ClientViewsService {
  constructor(
    private readonly clients: ClientsService,
    private readonly managers: ClientManagersService,
    private readonly people: ClientPeopleService,
  ) {}

  async page(page: Page<Client>): Promise<Page<ClientDto>> {
    const owners = await this.people.byId(page.items.flatMap(({ ownerId }) => ownerId ?? []));
    return { ...page, items: page.items.map((client) => this.describe(client, owners)) };
  }

  async detail({ client, role }: AdmittedClient): Promise<ClientDetailDto> {
    const ids = await this.managers.idsOf(client.id);
    const people = await this.people.byId(client.ownerId ? [client.ownerId, ...ids] : ids);
    const managers = ids.flatMap((id) => people.get(id) ?? []).map(describePerson);
    return { ...this.describe(client, people), managers, role };
  }

  private describe(client: Readonly<Client>, people: ReadonlyMap<string, User>): ClientDto {
    const owner = client.ownerId === null ? undefined : people.get(client.ownerId);
    return {
      id: client.id,
      name: client.name,
      description: client.description,
      isActive: client.isActive,
      isEnabled: this.clients.isEnabled(client),
      hasOwnConfiguration: this.clients.hasOwnConfiguration(client),
      owner: owner ? describePerson(owner) : null,
      defaultModel: client.defaultModel,
      effectiveDefaultModel: this.clients.defaultModelOf(client),
      createdAt: client.createdAt.toISOString(),
      updatedAt: client.updatedAt.toISOString(),
      version: clientVersion(client),
    };
  }
}

function describePerson({ id, email, name, isActive }: User): ClientPersonDto {
  return { id, email, name, isActive };
}
