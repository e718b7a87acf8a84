import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { ConfigurationService } from '../config/configuration.service.js';
import { SecretCipher } from '../infrastructure/crypto/secret-cipher.js';
import { SealedTable } from '../infrastructure/crypto/sealed-table.js';
import { placeOfKey } from './provider-keys.service.js';

/** The keys of all providers as they are sealed, for those who change the key that seals them. */
@Injectable()
export class SealedProviderKeysService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly configuration: ConfigurationService,
  ) {}

  get table(): SealedTable {
    const cipher = SecretCipher.configured(this.configuration.current.app);
    return new SealedTable(this.dataSource, cipher, {
      table: 'providers',
      keys: ['id'],
      column: 'sealed_key',
      placeOf: (row) => placeOfKey(row['id']!),
      rowsAtOnce: 100,
    });
  }
}
