import { Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { LongTextColumn } from '../../infrastructure/database/columns.js';

/** A piece of what is in an attachment, or of the text taken from it; sealed, in order. */
@Entity({ name: 'attachment_parts' })
export class AttachmentPart {
  @PrimaryColumn({ type: 'varchar', length: 36, name: 'attachment_id' })
  @ForeignKey('Attachment', { name: 'attachment_parts_attachment', onDelete: 'CASCADE' })
  attachmentId!: string;

  @PrimaryColumn({ type: 'varchar', length: 16 })
  content!: 'file' | 'text';

  @PrimaryColumn({ type: 'bigint' })
  position!: number;

  @LongTextColumn('sealed')
  sealed!: string;
}
