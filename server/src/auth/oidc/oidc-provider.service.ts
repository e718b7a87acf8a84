import { Injectable, Logger } from '@nestjs/common';
import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';
import { ConfigurationService } from '../../config/configuration.service.js';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { jsonObjectIn, ProviderHttpService, unreachable } from './provider-http.service.js';
import { type ProviderMetadata, readProviderMetadata } from './provider-metadata.js';

const FRESH_FOR_MS = 60 * 60_000;
const RETRY_AFTER_MS = 60_000;

export interface OidcProvider extends ProviderMetadata {
  /** The keys it signs with, fetched when first needed and again when it signs with a new one. */
  keys: JWTVerifyGetKey;
}

interface Discovered {
  provider: OidcProvider;
  refreshDueMs: number;
}

/**
 * The identity provider as it describes itself. The description is kept and refreshed behind the
 * logins of people; a failure is never kept, so that the next login tries again.
 */
@Injectable()
export class OidcProviderService {
  private readonly logger = new Logger(OidcProviderService.name);
  private discovered: Discovered | null = null;
  private discovering: Promise<OidcProvider> | null = null;

  constructor(
    private readonly configuration: ConfigurationService,
    private readonly http: ProviderHttpService,
    private readonly clock: ClockService,
  ) {}

  /** @throws LoginRefusal login_provider_unreachable while the provider was never reached */
  current(): Promise<OidcProvider> {
    const { discovered } = this;
    if (!discovered) return this.discover();
    if (discovered.refreshDueMs <= this.clock.monotonicMs()) this.refresh(discovered);
    return Promise.resolve(discovered.provider);
  }

  private refresh(discovered: Discovered): void {
    discovered.refreshDueMs = this.clock.monotonicMs() + RETRY_AFTER_MS;
    this.discover().catch((error: unknown) => {
      this.logger.warn(`The identity provider is used as it was last seen. ${String(error)}`);
    });
  }

  /** However many ask at once, the provider is asked once. */
  private discover(): Promise<OidcProvider> {
    this.discovering ??= this.fetchMetadata().finally(() => {
      this.discovering = null;
    });
    return this.discovering;
  }

  private async fetchMetadata(): Promise<OidcProvider> {
    const metadataUrl = this.configuration.current.oauth2.serverMetadataUrl;
    const answer = await this.http.fetch({ url: metadataUrl, what: 'discovery document' });
    const document = answer.status === 200 ? jsonObjectIn(answer.text) : undefined;
    if (!document) {
      throw unreachable(`There is no discovery document at ${metadataUrl} (${answer.status}).`);
    }
    const metadata = this.readMetadata(document, metadataUrl);
    const known = this.discovered?.provider;
    const keys =
      known?.jwksUri === metadata.jwksUri ? known.keys : this.keysAt(new URL(metadata.jwksUri));
    const provider = { ...metadata, keys };
    const refreshDueMs = this.clock.monotonicMs() + FRESH_FOR_MS;
    this.discovered = { provider, refreshDueMs };
    return provider;
  }

  private readMetadata(document: Record<string, unknown>, metadataUrl: string): ProviderMetadata {
    try {
      return readProviderMetadata(document, metadataUrl);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw unreachable(`The discovery document at ${metadataUrl} is of no use: ${reason}.`, error);
    }
  }

  private keysAt(url: URL): JWTVerifyGetKey {
    return createRemoteJWKSet(url, {
      [customFetch]: async (address) => {
        const { status, text } = await this.http.fetch({ url: address, what: 'key set' });
        return new Response(text, { status });
      },
    });
  }
}
