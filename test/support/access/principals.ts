import { type INestApplicationContext } from '@nestjs/common';
import { ClientsService } from '../../../server/src/clients/clients.service.js';
import { ConfiguredClientsService } from '../../../server/src/clients/configured-clients.service.js';
import {
  personPrincipal,
  type Principal,
} from '../../../server/src/infrastructure/http/principal.js';
import { UsersService } from '../../../server/src/users/users.service.js';

/** A person as a key of theirs would make them known. */
export async function personOf(
  context: INestApplicationContext,
  email: string,
  onlyModels: readonly string[] | null = null,
): Promise<Principal> {
  const user = await context.get(UsersService).ensure(email);
  const limit = onlyModels && new Set(onlyModels);
  return personPrincipal(user, { kind: 'api_key', id: 'key', onlyModels: limit });
}

/** A client of the configuration as a key of its own would make it known. */
export async function clientOf(context: INestApplicationContext, name: string): Promise<Principal> {
  await context.get(ConfiguredClientsService).sync();
  const client = await context.get(ClientsService).findByName(name);
  if (!client) throw new Error(`The configuration has no client ${name}.`);
  return {
    credential: 'api_key',
    credentialId: 'key',
    ownerKind: 'client',
    ownerId: client.id,
    userId: null,
    email: '',
    name,
    grantedRoles: [],
    onlyModels: null,
  };
}
