import { Injectable } from '@nestjs/common';
import { ConfigurationService } from '../config/configuration.service.js';
import { isExposed } from './exposed-models.js';
import { maskKey } from './masked-key.js';
import { isPriced, type ProviderModel, providerModelId } from './provider-model.js';
import { ProviderKeysService } from './provider-keys.service.js';
import { ProviderRecordsService } from './provider-records.service.js';
import { ProviderSnapshotService, type ServingProvider } from './provider-snapshot.service.js';
import { type Provider } from './provider.entity.js';
import {
  type ProviderDetailDto,
  type ProviderDto,
  type ProviderModelDto,
} from './providers.dto.js';

/** Providers as they are shown: to everyone without addresses and keys, to engineers with masked ones. */
@Injectable()
export class ProviderViewsService {
  constructor(
    private readonly snapshot: ProviderSnapshotService,
    private readonly records: ProviderRecordsService,
    private readonly keys: ProviderKeysService,
    private readonly configuration: ConfigurationService,
  ) {}

  /** Those that are enabled, with the models that governance shows. */
  list(): ProviderDto[] {
    return this.snapshot.current.map((provider) => {
      const { id, name, slug, isDefault } = provider;
      const models = this.exposed(provider).map((model) => model.name);
      return { id, name, slug, models, isDefault, isEnabled: true };
    });
  }

  models(): ProviderModelDto[] {
    return this.snapshot.current.flatMap((provider) =>
      this.exposed(provider).map((model) => modelOf(provider, model)),
    );
  }

  async details(): Promise<ProviderDetailDto[]> {
    return (await this.records.list()).map((provider) => this.detail(provider));
  }

  detail(provider: Provider): ProviderDetailDto {
    const { id, name, slug, type, baseUrl, isEnabled, models, createdAt, updatedAt } = provider;
    const key = this.keys.open(provider);
    return {
      id,
      name,
      slug,
      type,
      baseUrl,
      ...(key === null || key === 'unreadable'
        ? { apiKey: null, keyState: key ?? 'none' }
        : { apiKey: maskKey(key.reveal()), keyState: 'set' }),
      models: models.map((model) => model.name),
      modelSettings: settingsOf(models),
      isDefault: provider.defaultMark !== null,
      isEnabled,
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
    };
  }

  private exposed({ slug, models }: ServingProvider): readonly ProviderModel[] {
    const { allowedModels } = this.configuration.current.governance;
    return models.filter(({ name }) => isExposed(allowedModels, slug, name));
  }
}

function modelOf(provider: ServingProvider, model: ProviderModel): ProviderModelDto {
  const { settings } = model;
  return {
    id: providerModelId(provider.slug, model.name),
    model: model.name,
    provider: provider.name,
    providerSlug: provider.slug,
    providerId: provider.id,
    isDefault: provider.isDefault,
    isPriced: isPriced(model),
    inputCostPerMillion: settings.inputCostPerMillion ?? 0,
    outputCostPerMillion: settings.outputCostPerMillion ?? 0,
    contextWindow: settings.contextWindow ?? null,
    maxOutputTokens: settings.maxOutputTokens ?? null,
  };
}

function settingsOf(models: readonly ProviderModel[]): ProviderDetailDto['modelSettings'] {
  const some = models.filter(({ settings }) => Object.keys(settings).length > 0);
  return Object.fromEntries(some.map(({ name, settings }) => [name, settings]));
}
