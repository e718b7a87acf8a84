import { Injectable } from '@nestjs/common';
import { ProviderKeysService } from './provider-keys.service.js';
import { ProviderRecordsService } from './provider-records.service.js';
import { type Provider } from './provider.entity.js';
import { missingAddress, unreadableKey } from './providers.errors.js';

/** The id under which a provider is asked that is not saved yet. */
export const DRAFT = 'draft';

/** What stands in for what is stored; what is left out, or empty, is what the provider has. */
export interface StandIn {
  /** As `readBaseUrl` answers it. */
  baseUrl?: string;
  apiKey?: string | null;
}

/** Who is asked, and with which key. */
export interface Target {
  provider: Provider | null;
  baseUrl: string;
  /** Empty: none is sent. */
  apiKey: string;
  /** Left out: as the configuration has it. */
  allowsPrivate?: boolean;
}

/** Finds where a stored provider, or one that is not saved yet, is to be asked. */
@Injectable()
export class ProviderTargetsService {
  constructor(
    private readonly records: ProviderRecordsService,
    private readonly keys: ProviderKeysService,
  ) {}

  /** @throws AppError not_found, missing_field for a draft without address, conflict for a lost key */
  async of(id: string, { baseUrl, apiKey }: StandIn): Promise<Target> {
    if (id === DRAFT) {
      if (baseUrl === undefined) throw missingAddress();
      return { provider: null, baseUrl, apiKey: apiKey ?? '' };
    }
    const provider = await this.records.find(id);
    return {
      provider,
      baseUrl: baseUrl ?? provider.baseUrl,
      apiKey: apiKey || this.storedKey(provider),
    };
  }

  private storedKey(provider: Provider): string {
    const key = this.keys.open(provider);
    if (key === 'unreadable') throw unreadableKey(provider.slug);
    return key?.reveal() ?? '';
  }
}
