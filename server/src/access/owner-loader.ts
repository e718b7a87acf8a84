import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { ClientsService } from '../clients/index.js';
import { ConfigurationService } from '../config/configuration.service.js';
import { GroupsService, type Membership } from '../groups/index.js';
import { AppError } from '../infrastructure/errors/app-error.js';
import { UsersService } from '../users/index.js';
import { Acknowledgement } from './acknowledgement.entity.js';
import { type AccessScope, type AccessScopes } from './decide.js';
import { acknowledgedKey, type AcknowledgedTexts, type Owner } from './owner-access.js';

/** What the database and the configuration say about one owner now. */
export interface LoadedOwner {
  ownerName: string;
  memberships: readonly Membership[];
  defaultModel: string | null;
  scopes: AccessScopes;
  acknowledged: AcknowledgedTexts;
}

/** Reads what has a say about the models of an owner. */
@Injectable()
export class OwnerLoader {
  constructor(
    @InjectRepository(Acknowledgement)
    private readonly acknowledgements: Repository<Acknowledgement>,
    private readonly users: UsersService,
    private readonly clients: ClientsService,
    private readonly groups: GroupsService,
    private readonly configuration: ConfigurationService,
  ) {}

  /** @throws AppError not_found */
  async load({ ownerKind, ownerId }: Owner): Promise<LoadedOwner> {
    const found =
      ownerKind === 'user' ? await this.person(ownerId) : await this.application(ownerId);
    return {
      ownerName: found.ownerName,
      memberships: found.memberships,
      defaultModel: found.defaultModel ?? null,
      scopes: this.scopesWith(found),
      acknowledged: await this.acknowledgedBy(ownerId),
    };
  }

  /** What would have a say about the models of a person with this address, in these groups. */
  scopesOfPerson(email: string, memberships: readonly Membership[]): AccessScopes {
    return this.scopesWith({ own: this.ownScope(email), memberships });
  }

  private scopesWith({ own, memberships }: Pick<FoundOwner, 'own' | 'memberships'>): AccessScopes {
    return {
      own,
      groups: memberships.map(({ group }) => scopeOf(`group ${group.name}`, group)),
      globalDefault: this.configuration.current.defaults.models.access,
    };
  }

  private async person(id: string): Promise<FoundOwner> {
    const user = await this.users.find(id);
    if (!user) throw new AppError('not_found', 'There is no user with this id.');
    const memberships = await this.groups.ofUser(user);
    return { ownerName: user.email, memberships, own: this.ownScope(user.email) };
  }

  /** `users.default` gives groups to everyone; its access, like its budget, is nobody's own. */
  private ownScope(email: string): AccessScope | null {
    const { users } = this.configuration.current;
    const entry = email === 'default' ? undefined : users[email];
    return entry ? scopeOf(`user ${email}`, entry) : null;
  }

  private async application(id: string): Promise<FoundOwner> {
    const client = await this.clients.find(id);
    if (!client) throw new AppError('not_found', 'There is no client with this id.');
    const entry = this.clients.configurationOf(client);
    const memberships = await this.groups.ofClient({ id, groups: entry?.groups ?? [] });
    const isShared = entry === this.configuration.current.clients['default'];
    const own = entry
      ? scopeOf(isShared ? 'clients.default' : `client ${client.name}`, entry)
      : null;
    const defaultModel = this.clients.defaultModelOf(client);
    return { ownerName: client.name, memberships, own, defaultModel };
  }

  private async acknowledgedBy(ownerId: string): Promise<AcknowledgedTexts> {
    const rows = await this.acknowledgements.find({
      where: { ownerId },
      select: { model: true, textHash: true, acknowledgedAt: true },
    });
    return new Map(
      rows.map((row) => [acknowledgedKey(row.model, row.textHash), row.acknowledgedAt]),
    );
  }
}

interface FoundOwner {
  ownerName: string;
  memberships: readonly Membership[];
  defaultModel?: string | null;
  own: AccessScope | null;
}

function scopeOf(name: string, { modelAccess }: Pick<AccessScope, 'modelAccess'>): AccessScope {
  return { name, modelAccess };
}
