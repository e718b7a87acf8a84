import { Entity, Index } from 'typeorm';
import {
  IdColumn,
  IntegerColumn,
  LongTextColumn,
  TextColumn,
  TimeColumn,
} from '../infrastructure/database/columns.js';

/** The terms of use as they were published once; never changed afterwards. */
@Entity({ name: 'terms_versions' })
export class TermsVersion {
  @IdColumn()
  id!: string;

  /** 1, 2, 3 … */
  @Index('terms_versions_version', { unique: true })
  @IntegerColumn('version')
  version!: number;

  /** Markdown. */
  @LongTextColumn('text')
  text!: string;

  /** What is new in it, for people who agreed to the one before. */
  @TextColumn(2000)
  changes!: string;

  @TimeColumn('published_at')
  publishedAt!: Date;

  /** From then on nobody is asked for it any more. */
  @TimeColumn('withdrawn_at', { nullable: true })
  withdrawnAt!: Date | null;
}
