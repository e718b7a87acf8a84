import { Injectable } from '@nestjs/common';
import { ConfigurationService } from '../config/configuration.service.js';
import { type AuditContext } from '../infrastructure/audit/audit-context.js';
import { type BoundedAnswer, getBounded } from '../infrastructure/upstream/bounded-call.js';
import { listedModels } from './listed-models.js';
import { pingFailure } from './ping-failure.js';
import { ProviderHistoryService } from './provider-history.service.js';
import { ProviderTargetsService, type StandIn, type Target } from './provider-targets.service.js';
import { tooManyTests } from './providers.errors.js';

/** What a backend says it has; null with the reason where it does not say. */
export interface ProviderModelList {
  models: string[] | null;
  error?: string;
}

const MOST_AT_ONCE = 16;

/** Asks a provider which models it has. */
@Injectable()
export class ProviderModelListsService {
  readonly limits = { timeoutMs: 15_000, mostBytes: 4 * 1024 * 1024 };
  private underWay = 0;

  constructor(
    private readonly targets: ProviderTargetsService,
    private readonly history: ProviderHistoryService,
    private readonly configuration: ConfigurationService,
  ) {}

  /**
   * Of a stored provider, or a `draft` one with all that is given. Whatever the backend does is a
   * result.
   * @throws AppError not_found, missing_field for a draft without address, overloaded
   */
  async of(audit: AuditContext, id: string, standIn: StandIn): Promise<ProviderModelList> {
    const target = await this.targets.of(id, standIn);
    if (this.underWay >= MOST_AT_ONCE) throw tooManyTests();
    this.underWay += 1;
    try {
      const list = await this.ask(target);
      await this.remember(audit, target, { standIn, ok: list.models !== null });
      return list;
    } finally {
      this.underWay -= 1;
    }
  }

  private async ask({ baseUrl, apiKey }: Target): Promise<ProviderModelList> {
    try {
      const answer = await getBounded({
        url: new URL(`${baseUrl}/models`),
        headers: {
          accept: 'application/json',
          ...(apiKey === '' ? {} : { authorization: `Bearer ${apiKey}` }),
        },
        ...this.limits,
        allowsPrivate: this.configuration.current.upstream.allowPrivate,
      });
      return readList(answer);
    } catch (error) {
      return { models: null, error: pingFailure(error, this.limits).error };
    }
  }

  private async remember(
    audit: AuditContext,
    { provider, baseUrl }: Target,
    { standIn, ok }: { standIn: StandIn; ok: boolean },
  ): Promise<void> {
    const isStoredKey = provider !== null && !standIn.apiKey;
    await this.history.listed(audit, { provider, facts: { baseUrl, isStoredKey, ok } });
  }
}

/** Nothing of what a backend says beside the names is passed on: it may say the key again. */
function readList({ status, body }: BoundedAnswer): ProviderModelList {
  if (status !== 200) return { models: null, error: `GET /models answered with status ${status}` };
  const models = listedModels(body.toString('utf8'));
  return models === null
    ? { models: null, error: 'What GET /models answered is no list of models' }
    : { models };
}
