import { Injectable } from '@nestjs/common';
import { ClientPermissionsService } from '../clients/index.js';
import { type AuditContext } from '../infrastructure/audit/audit-context.js';
import { type Principal } from '../infrastructure/http/principal.js';
import { type ApiKey } from './api-key.entity.js';
import {
  ApiKeysService,
  type CreatedKey,
  type KeyOwner,
  type NewKey,
  type Rotation,
} from './api-keys.service.js';

/** A person who comes for the keys of a client. */
export interface ClientKeyCaller {
  principal: Principal;
  audit: AuditContext;
  clientId: string;
}

/** The keys of clients. Every method throws AppError not_found for who does not manage the client. */
@Injectable()
export class ClientKeysService {
  constructor(
    private readonly apiKeys: ApiKeysService,
    private readonly permissions: ClientPermissionsService,
  ) {}

  async list(caller: ClientKeyCaller): Promise<ApiKey[]> {
    return this.apiKeys.listOf(await this.admit(caller, 'api_key.list'));
  }

  async create(caller: ClientKeyCaller, wanted: NewKey): Promise<CreatedKey> {
    const owner = await this.admit(caller, 'api_key.create');
    return this.apiKeys.create(caller.audit, owner, wanted);
  }

  async rotate(caller: ClientKeyCaller, rotation: Rotation & { id: string }): Promise<CreatedKey> {
    const owner = await this.admit(caller, 'api_key.rotate');
    return this.apiKeys.rotate(caller.audit, owner, rotation);
  }

  async revoke(caller: ClientKeyCaller, id: string): Promise<void> {
    const owner = await this.admit(caller, 'api_key.revoke');
    await this.apiKeys.revoke(caller.audit, owner, id);
  }

  private async admit(caller: ClientKeyCaller, action: string): Promise<KeyOwner> {
    const { clientId, principal, audit } = caller;
    const errand = { clientId, action, needs: 'manager' } as const;
    const { client } = await this.permissions.admit(errand, principal, audit);
    return { kind: 'client', id: client.id, name: client.name };
  }
}
