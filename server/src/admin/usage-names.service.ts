import { Injectable } from '@nestjs/common';
import { ApiKeysService } from '../auth/index.js';
import { ClientsService } from '../clients/index.js';
import { type OwnerKind } from '../infrastructure/http/principal.js';
import { UsersService } from '../users/index.js';

/** Names for the ids that usage is counted by. */
@Injectable()
export class UsageNamesService {
  constructor(
    private readonly users: UsersService,
    private readonly clients: ClientsService,
    private readonly keys: ApiKeysService,
  ) {}

  /** Addresses of people; who is gone has none. */
  async ofUsers(ids: Iterable<string>): Promise<Map<string, string>> {
    const people = await this.users.findMany([...new Set(ids)]);
    return new Map(people.map(({ id, email }) => [id, email]));
  }

  async ofClients(ids: Iterable<string>): Promise<Map<string, string>> {
    const names = new Map<string, string>();
    for (const id of new Set(ids)) {
      const client = await this.clients.find(id);
      if (client) names.set(id, client.name);
    }
    return names;
  }

  /** Names of the keys of these owners, of a page's worth of them. */
  async ofKeysOf(ownerIds: Iterable<string>): Promise<Map<string, string>> {
    const names = new Map<string, string>();
    for (const id of new Set(ownerIds)) {
      const kind: OwnerKind = (await this.clients.find(id)) ? 'client' : 'user';
      for (const key of await this.keys.listOf({ kind, id })) names.set(key.id, key.name);
    }
    return names;
  }
}
