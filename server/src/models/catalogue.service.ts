import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { type Subscription } from 'rxjs';
import { ConfigurationService } from '../config/configuration.service.js';
import { AppError } from '../infrastructure/errors/app-error.js';
import {
  buildCatalogue,
  type Catalogue,
  type CatalogueEntry,
  type ModelEndpoint,
} from './catalogue.js';
import { unknownModel } from './unknown-model.js';

/** The models in force, and which endpoint of one is next. Nothing here waits or reads a database. */
@Injectable()
export class CatalogueService implements OnModuleDestroy {
  private catalogue: Catalogue;
  private readonly turns = new Map<string, number>();
  private readonly subscription: Subscription;

  constructor(configuration: ConfigurationService) {
    this.catalogue = buildCatalogue(configuration.current.models);
    this.subscription = configuration.changes$.subscribe(({ current }) => {
      this.catalogue = buildCatalogue(current.models);
      this.turns.clear();
    });
  }

  get current(): Catalogue {
    return this.catalogue;
  }

  find(id: string): CatalogueEntry | undefined {
    return this.catalogue.entries.get(id);
  }

  /** @throws AppError model_not_found */
  resolve(id: string): CatalogueEntry {
    const entry = this.catalogue.entries.get(id);
    if (entry) return entry;
    throw unknownModel(id);
  }

  /**
   * The endpoint whose turn it is.
   * @throws AppError model_unavailable for a model without endpoints
   */
  nextEndpoint(entry: CatalogueEntry): ModelEndpoint {
    const turn = this.turns.get(entry.id) ?? 0;
    const endpoint = entry.endpoints[turn % entry.endpoints.length];
    if (!endpoint) {
      throw new AppError(
        'model_unavailable',
        `The model "${entry.id}" has no endpoint. Choose another model, or tell your administrator.`,
        { param: 'model' },
      );
    }
    this.turns.set(entry.id, turn + 1);
    return endpoint;
  }

  onModuleDestroy(): void {
    this.subscription.unsubscribe();
  }
}
