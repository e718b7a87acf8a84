import { Injectable } from '@nestjs/common';
import {
  type Client,
  type ClientChanges,
  type ClientDetailDto,
  type ClientPageDto,
  ClientPeopleService,
  ClientRecordsService,
  ClientsService,
  ClientViewsService,
  type CreateClientDto,
} from '../clients/index.js';
import { type AuditContext } from '../infrastructure/audit/audit-context.js';
import { type PageRequest } from '../infrastructure/database/page.js';
import { AppError } from '../infrastructure/errors/app-error.js';
import { CatalogueService } from '../models/index.js';

/** What administrators do with clients. */
@Injectable()
export class ClientAdministrationService {
  constructor(
    private readonly clients: ClientsService,
    private readonly records: ClientRecordsService,
    private readonly people: ClientPeopleService,
    private readonly views: ClientViewsService,
    private readonly catalogue: CatalogueService,
  ) {}

  async list(request: PageRequest): Promise<ClientPageDto> {
    return this.views.page(await this.records.list(request));
  }

  /** @throws AppError not_found */
  async get(id: string): Promise<ClientDetailDto> {
    return this.detail(await this.require(id));
  }

  /** @throws AppError invalid_request for an owner nobody knows, conflict for a name that is taken */
  async create(audit: AuditContext, wanted: CreateClientDto): Promise<ClientDetailDto> {
    const { name, description, ownerEmail } = wanted;
    const ownerId = ownerEmail ? (await this.people.known(ownerEmail)).id : null;
    return this.detail(await this.records.create(audit, { name, description, ownerId }));
  }

  /** @throws AppError not_found, invalid_request for a model that does not exist */
  async update(audit: AuditContext, id: string, wanted: ClientChanges): Promise<ClientDetailDto> {
    await this.require(id);
    if (typeof wanted.defaultModel === 'string') this.requireModel(wanted.defaultModel);
    return this.detail(await this.records.update(audit, id, wanted));
  }

  private async require(id: string): Promise<Readonly<Client>> {
    const client = await this.clients.find(id);
    if (!client) throw new AppError('not_found', 'There is no client with this id.');
    return client;
  }

  private requireModel(id: string): void {
    if (this.catalogue.find(id)) return;
    const problem = `There is no model "${id}". Choose one that exists.`;
    const details = { fields: { defaultModel: [problem] } };
    throw new AppError('invalid_request', problem, { details });
  }

  private detail(client: Readonly<Client>): Promise<ClientDetailDto> {
    return this.views.detail({ client, role: 'admin' });
  }
}
