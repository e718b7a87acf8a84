import { Entity, Index } from 'typeorm';
import {
  IdColumn,
  LongTextColumn,
  ReferenceColumn,
  TextColumn,
  TimeColumn,
} from '../infrastructure/database/columns.js';
import { type OwnerKind } from '../infrastructure/http/principal.js';

/** Proof that someone was shown a text about a model and agreed to it. Another text asks again. */
@Entity({ name: 'acknowledgements' })
@Index('acknowledgements_unique', ['ownerId', 'model', 'textHash'], { unique: true })
export class Acknowledgement {
  @IdColumn()
  id!: string;

  @TextColumn(16, { name: 'owner_kind' })
  ownerKind!: OwnerKind;

  @ReferenceColumn('owner_id')
  ownerId!: string;

  @TextColumn(256)
  model!: string;

  @TextColumn(43, { name: 'text_hash' })
  textHash!: string;

  /** What was shown, word for word. */
  @LongTextColumn('text')
  text!: string;

  /** The person who agreed: the owner, or a manager of the client. */
  @ReferenceColumn('acknowledged_by')
  acknowledgedBy!: string;

  @TimeColumn('acknowledged_at')
  acknowledgedAt!: Date;
}
