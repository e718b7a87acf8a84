import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { merge, type Observable, Subject, type Subscription } from 'rxjs';
import { ConfigurationService } from '../config/configuration.service.js';
import { ProviderSnapshotService } from '../providers/index.js';
import { type CatalogueEntry } from './catalogue-entry.js';
import { buildCatalogue, type Catalogue } from './catalogue.js';
import { type ExplainedResolution, explainResolution } from './explain-resolution.js';
import { noDefaultModel } from './no-default-model.js';
import { findModel, resolveModel } from './resolve-model.js';
import { unknownModel } from './unknown-model.js';

/** What a door of the API adds to the name that a request has. */
export interface ResolveOptions {
  /** The model that the caller's client chose for requests which name none; null: none. */
  readonly chosenDefault: string | null;
}

/**
 * The models in force, those of the file and those of providers. Nothing here waits or reads a
 * database.
 */
@Injectable()
export class CatalogueService implements OnModuleDestroy {
  /** Tells of each new catalogue; `current` is then the new one. */
  readonly changes$: Observable<Catalogue>;
  private readonly changes = new Subject<Catalogue>();
  private catalogue: Catalogue;
  private readonly subscription: Subscription;

  constructor(
    private readonly configuration: ConfigurationService,
    private readonly providers: ProviderSnapshotService,
  ) {
    this.changes$ = this.changes.asObservable();
    this.catalogue = buildCatalogue(configuration.current, providers.current);
    this.subscription = merge(configuration.changes$, providers.changes$).subscribe(() =>
      this.rebuild(),
    );
  }

  get current(): Catalogue {
    return this.catalogue;
  }

  /** The model that a name means, as `resolve` without options. */
  find(name: string): CatalogueEntry | undefined {
    return findModel(this.catalogue, name) ?? undefined;
  }

  /**
   * The model that a name means: one of the file, `slug/model` of a provider, or the name alone of a
   * provider's model, at the provider created first. With options, as requests have them, a blank name,
   * `auto`, and unknown names where `governance` lets them pass, mean the first of: the client's choice,
   * `governance.default_model`, the default provider's first model, any provider's,
   * `governance.fallback`. Allocates nothing for an id.
   * @throws AppError model_not_found, LLM_API_ERROR where nothing is there to be the default
   */
  resolve(name: string, options?: ResolveOptions): CatalogueEntry {
    const entry = this.catalogue.entries.get(name);
    if (entry) return entry;
    return options ? this.resolveDefault(name, options) : this.resolveBare(name);
  }

  /** What `resolve` with options finds for a name, or why nothing, step by step. */
  explain(name: string, { chosenDefault }: ResolveOptions): ExplainedResolution {
    const { models, governance } = this.configuration.current;
    return explainResolution(this.catalogue, name, {
      chosenDefault,
      governanceDefault: governance.defaultModel,
      allowsUnknown: governance.allowUnknownModels,
      written: new Set(models.map((model) => model.name)),
      defaultSlug: this.providers.current.find(({ isDefault }) => isDefault)?.slug ?? null,
    });
  }

  onModuleDestroy(): void {
    this.subscription.unsubscribe();
    this.changes.complete();
  }

  private rebuild(): void {
    this.catalogue = buildCatalogue(this.configuration.current, this.providers.current);
    this.changes.next(this.catalogue);
  }

  private resolveBare(name: string): CatalogueEntry {
    const entry = this.catalogue.bareNames.get(name);
    if (entry) return entry;
    throw unknownModel(name);
  }

  private resolveDefault(name: string, { chosenDefault }: ResolveOptions): CatalogueEntry {
    const { defaultModel, allowUnknownModels } = this.configuration.current.governance;
    const choices = {
      chosenDefault,
      governanceDefault: defaultModel,
      allowsUnknown: allowUnknownModels,
    };
    const resolved = resolveModel(this.catalogue, name, choices);
    if (resolved === 'unknown') throw unknownModel(name);
    if (resolved === 'no_default') throw noDefaultModel();
    return resolved;
  }
}
