import { type INestApplicationContext } from '@nestjs/common';
import { type Owner } from '../../../server/src/access/owner-access.js';
import { ClientsService } from '../../../server/src/clients/clients.service.js';
import { ConfiguredClientsService } from '../../../server/src/clients/configured-clients.service.js';
import { UsersService } from '../../../server/src/users/users.service.js';
import { type MatrixOwner, OWNERS } from './matrix.js';

/** The owners of the matrix, made where they are not there yet. */
export async function ownersOf(
  context: INestApplicationContext,
): Promise<(Owner & { owner: MatrixOwner })[]> {
  await context.get(ConfiguredClientsService).sync();
  const found: (Owner & { owner: MatrixOwner })[] = [];
  for (const owner of OWNERS) {
    const ownerId =
      owner.kind === 'user'
        ? (await context.get(UsersService).ensure(owner.name)).id
        : (await context.get(ClientsService).findByName(owner.name))!.id;
    found.push({ owner, ownerKind: owner.kind, ownerId });
  }
  return found;
}
