import { Injectable } from '@nestjs/common';
import { Secret } from '../config/index.js';
import { ConfigurationService } from '../config/configuration.service.js';
import { SecretCipher, UnreadableSecretError } from '../infrastructure/crypto/secret-cipher.js';
import { type Provider } from './provider.entity.js';

type KeyHolder = Pick<Provider, 'id' | 'sealedKey'>;

/** The keys of providers: sealed in the database, in memory as `Secret`, nowhere else. */
@Injectable()
export class ProviderKeysService {
  private readonly cipher: SecretCipher;

  constructor(configuration: ConfigurationService) {
    this.cipher = SecretCipher.configured(configuration.current.app);
  }

  /** What the database keeps of a key; an empty one is none. */
  seal(providerId: string, key: string): string | null {
    return key === '' ? null : this.cipher.seal(key, placeOfKey(providerId));
  }

  /** The key, null if there is none, `unreadable` if it was sealed by a key that is not in force. */
  open(provider: KeyHolder): Secret | null | 'unreadable' {
    if (provider.sealedKey === null) return null;
    try {
      return new Secret(this.cipher.open(provider.sealedKey, placeOfKey(provider.id)));
    } catch (error) {
      if (error instanceof UnreadableSecretError) return 'unreadable';
      throw error;
    }
  }
}

/** What the key of a provider is bound to. */
export function placeOfKey(providerId: string): string {
  return `provider:${providerId}`;
}
