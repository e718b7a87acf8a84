import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { ConfigurationService } from '../../config/configuration.service.js';
import { SecretCipher } from '../../infrastructure/crypto/secret-cipher.js';
import { SealedTable } from '../../infrastructure/crypto/sealed-table.js';
import { placeOfPiece } from './attachment-contents.service.js';

/** The pieces of all attachments as they are sealed, for those who change the key that seals them. */
@Injectable()
export class SealedAttachmentsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly configuration: ConfigurationService,
  ) {}

  get table(): SealedTable {
    const cipher = SecretCipher.configured(this.configuration.current.app);
    return new SealedTable(this.dataSource, cipher, {
      table: 'attachment_parts',
      keys: ['attachment_id', 'content', 'position'],
      column: 'sealed',
      joins: {
        tables: 'JOIN attachments AS a ON a.id = t.attachment_id',
        columns: 'a.content_id AS content_id',
      },
      placeOf: ({ content_id: id, content, position }) =>
        placeOfPiece(id!, content as 'file' | 'text', Number(position)),
      rowsAtOnce: 16,
    });
  }
}
