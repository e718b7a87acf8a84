import { Injectable } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';
import { AccessService } from '../../access/index.js';
import { principalOf } from '../../infrastructure/http/route-access.js';
import { type Principal } from '../../infrastructure/http/principal.js';
import { type CatalogueEntry, CatalogueService } from '../../models/index.js';
import { likelyPromptTokens } from '../requests/token-estimate.js';
import { readMessagesBody } from './messages-body.js';
import { messagesPromptSize } from './messages-prompt.js';

/** Tells how long a prompt is, by Lumen's own estimate: no backend is asked, nothing is charged. */
@Injectable()
export class CountTokensService {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly access: AccessService,
  ) {}

  /**
   * About how many tokens the request's prompt has.
   * @throws AppError invalid_request, missing_field, model_not_found, permission_denied and what else
   *   the model would say to the caller
   */
  async count(request: FastifyRequest): Promise<number> {
    const { json, model, messages } = readMessagesBody(request.body, request.rawBody);
    const principal = principalOf(request);
    const entry = this.catalogue.find(model) ?? (await this.defaultFor(principal, model));
    await this.access.admit({ principal, source: 'api', requestId: request.id }, entry);
    return likelyPromptTokens(messagesPromptSize(json.values, messages, json.bytes.length));
  }

  private async defaultFor(principal: Principal, name: string): Promise<CatalogueEntry> {
    const chosenDefault = await this.access.defaultModelOf(principal);
    return this.catalogue.resolve(name, { chosenDefault });
  }
}
