import { Injectable } from '@nestjs/common';
import { ConfigurationService } from '../../config/configuration.service.js';
import { type AuditContext } from '../../infrastructure/audit/audit-context.js';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import {
  providerModelId,
  ProviderRecordsService,
  ProviderSnapshotService,
} from '../../providers/index.js';
import { type CatalogueEntry, type ModelEndpoint } from '../catalogue-entry.js';
import { CatalogueService } from '../catalogue.service.js';
import { unknownModel } from '../unknown-model.js';
import { BackendQuestionsService, type EndpointAnswer } from './backend-questions.service.js';
import { configurationLines } from './configuration-lines.js';
import { checkFields, notOfProvider, tooManyRefreshes } from './model-refresh.errors.js';
import { type Proposal, proposeChanges } from './propose-changes.js';

/** Where a model is described, which is where what is known of it is changed. */
export type DescribedIn = 'file' | 'provider' | 'fallback';

export interface DescribedPlace {
  readonly describedIn: DescribedIn;
  /** Null: it is not of a provider. */
  readonly providerId: string | null;
}

/** What came of asking the endpoints of one model. */
export interface ModelRefresh {
  readonly entry: CatalogueEntry;
  readonly describedIn: DescribedIn;
  readonly answers: readonly EndpointAnswer[];
  readonly proposals: readonly Proposal[];
  /** What to write into config.yaml, for a model of the file to which something is proposed. */
  readonly yaml: string | null;
}

const MOST_REFRESHES = 2;
const BACKENDS_AT_ONCE = 4;
const LONGEST_REFRESH_MS = 60_000;

/**
 * Compares what is known of models with what their backends say. At most eight backends are asked at
 * a time, and no refresh takes longer than a minute; what a backend does is part of the answer.
 */
@Injectable()
export class ModelRefreshService {
  private underWay = 0;

  constructor(
    private readonly catalogue: CatalogueService,
    private readonly questions: BackendQuestionsService,
    private readonly providers: ProviderSnapshotService,
    private readonly records: ProviderRecordsService,
    private readonly configuration: ConfigurationService,
    private readonly clock: ClockService,
  ) {}

  /**
   * Asks about one model, by its id, or about all that are not disabled. Changes nothing.
   * @throws AppError model_not_found, overloaded while others refresh
   */
  async refresh(model?: string): Promise<ModelRefresh[]> {
    const entries = model === undefined ? this.catalogue.current.list : [this.entryOf(model)];
    if (this.underWay >= MOST_REFRESHES) throw tooManyRefreshes();
    this.underWay += 1;
    try {
      const answers = await this.askAll(entries);
      const homes = this.homes();
      return entries.map((entry) => refreshOf(entry, homes.get(entry.id), answers));
    } finally {
      this.underWay -= 1;
    }
  }

  /**
   * Puts these facts into the record of the provider that has the model; in force here at once. Answers
   * what is then known of the model.
   * @throws AppError invalid_request for a model of the file or a fact that is none, model_not_found
   */
  async apply(audit: AuditContext, model: string, facts: object): Promise<CatalogueEntry> {
    const entry = this.entryOf(model);
    const home = this.homes().get(entry.id);
    if (home?.kind !== 'provider') throw notOfProvider(entry.id, home !== undefined);
    checkFields(facts);
    const { providerId, name } = home;
    await this.records.update(audit, providerId, { addedSettings: { [name]: facts } });
    return this.entryOf(entry.id);
  }

  /** Where each model is described that something can be changed of, by its id. */
  places(): ReadonlyMap<string, DescribedPlace> {
    const places = [...this.homes()].map(([id, home]): [string, DescribedPlace] => {
      if (home.kind === 'file') return [id, { describedIn: 'file', providerId: null }];
      return [id, { describedIn: 'provider', providerId: home.providerId }];
    });
    return new Map(places);
  }

  private async askAll(
    entries: readonly CatalogueEntry[],
  ): Promise<ReadonlyMap<ModelEndpoint, EndpointAnswer>> {
    const backends = backendsOf(entries);
    const endsAtMs = this.clock.monotonicMs() + LONGEST_REFRESH_MS;
    const answers = new Map<ModelEndpoint, EndpointAnswer>();
    const work = async () => {
      for (let backend = backends.pop(); backend; backend = backends.pop()) {
        const asked = await this.questions.ask(backend, endsAtMs);
        for (const answer of asked) answers.set(answer.endpoint, answer);
      }
    };
    await Promise.all(Array.from({ length: BACKENDS_AT_ONCE }, work));
    return answers;
  }

  private entryOf(model: string): CatalogueEntry {
    const entry = this.catalogue.current.all.find(({ id }) => id === model);
    if (!entry) throw unknownModel(model);
    return entry;
  }

  /** By the ids of models; a name in the file wins, as in the catalogue. */
  private homes(): ReadonlyMap<string, Home> {
    const homes = new Map<string, Home>();
    for (const { id: providerId, slug, models } of this.providers.current) {
      for (const { name } of models) {
        homes.set(providerModelId(slug, name), { kind: 'provider', providerId, name });
      }
    }
    for (const { name } of this.configuration.current.models) homes.set(name, { kind: 'file' });
    return homes;
  }
}

/** Where a model is described, as far as something can be changed there. */
type Home = { kind: 'file' } | { kind: 'provider'; providerId: string; name: string };

function refreshOf(
  entry: CatalogueEntry,
  home: Home | undefined,
  asked: ReadonlyMap<ModelEndpoint, EndpointAnswer>,
): ModelRefresh {
  const answers = entry.endpoints.flatMap((endpoint) => asked.get(endpoint) ?? []);
  const proposals = proposeChanges(entry, answers);
  const describedIn = home?.kind ?? 'fallback';
  const isWritten = describedIn === 'file' && proposals.length > 0;
  const yaml = isWritten ? configurationLines(entry.id, proposals) : null;
  return { entry, describedIn, answers, proposals, yaml };
}

/** The endpoints by what their list of models depends on: the address and who asks. */
function backendsOf(entries: readonly CatalogueEntry[]): ModelEndpoint[][] {
  const backends = new Map<string, ModelEndpoint[]>();
  for (const endpoint of entries.flatMap(({ endpoints }) => endpoints)) {
    const { origin, basePath, authorization, isPublicOnly } = endpoint;
    const backend = JSON.stringify([origin, basePath, authorization, isPublicOnly ?? false]);
    const known = backends.get(backend);
    if (known) known.push(endpoint);
    else backends.set(backend, [endpoint]);
  }
  // The last is asked first.
  return [...backends.values()].reverse();
}
