import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { IntegerColumn } from '../../infrastructure/database/columns.js';

/** That a message has an attachment; the branches of an edited question share theirs. */
@Entity({ name: 'message_attachments' })
@Index('message_attachments_attachment_id', ['attachmentId'])
export class MessageAttachment {
  @PrimaryColumn({ type: 'varchar', length: 36, name: 'message_id' })
  @ForeignKey('Message', { name: 'message_attachments_message', onDelete: 'CASCADE' })
  messageId!: string;

  @PrimaryColumn({ type: 'varchar', length: 36, name: 'attachment_id' })
  @ForeignKey('Attachment', { name: 'message_attachments_attachment', onDelete: 'CASCADE' })
  attachmentId!: string;

  @IntegerColumn('position')
  position!: number;
}
