import { Injectable } from '@nestjs/common';
import { type Client, ClientsService } from '../clients/index.js';
import { personPrincipal, type Principal } from '../infrastructure/http/principal.js';
import { UsersService } from '../users/index.js';
import { type ApiKey } from './api-key.entity.js';

/** Who a key speaks for, or why it speaks for nobody. */
export type KeyBearer = { principal: Principal } | { refusal: string };

/** Turns a key into the principal of its owner, a person or a client. */
@Injectable()
export class ApiKeyOwnersService {
  constructor(
    private readonly users: UsersService,
    private readonly clients: ClientsService,
  ) {}

  async bearerOf(apiKey: ApiKey): Promise<KeyBearer> {
    if (apiKey.userId !== null) return this.person(apiKey, apiKey.userId);
    if (apiKey.clientId !== null) return this.client(apiKey, apiKey.clientId);
    return { refusal: 'its owner is gone' };
  }

  /** Whether config.yaml, as it is now, has a client disabled. */
  isDisabledByFile(clientName: string): boolean {
    return this.clients.configurationOf({ name: clientName })?.disabled ?? false;
  }

  private async person(apiKey: ApiKey, userId: string): Promise<KeyBearer> {
    const user = await this.users.find(userId);
    if (!user) return { refusal: 'its owner is gone' };
    if (!user.isActive) return { refusal: 'the account of its owner is deactivated' };
    return { principal: personPrincipal(user, credentialOf(apiKey)) };
  }

  private async client(apiKey: ApiKey, clientId: string): Promise<KeyBearer> {
    const client = await this.clients.find(clientId);
    if (!client) return { refusal: 'its client is gone' };
    if (!client.isActive) return { refusal: `the client "${client.name}" is deactivated` };
    return { principal: clientPrincipal(client, credentialOf(apiKey)) };
  }
}

/** A client has no address and no roles, and nobody is logged in. */
function clientPrincipal(
  client: Pick<Client, 'id' | 'name'>,
  credential: ReturnType<typeof credentialOf>,
): Principal {
  return Object.freeze({
    credential: credential.kind,
    credentialId: credential.id,
    ownerKind: 'client',
    ownerId: client.id,
    userId: null,
    email: '',
    name: client.name,
    grantedRoles: [],
    onlyModels: credential.onlyModels,
  });
}

function credentialOf({ id, onlyModels }: ApiKey) {
  return { kind: 'api_key', id, onlyModels: onlyModels ? new Set(onlyModels) : null } as const;
}
