import { Entity, ForeignKey, Index } from 'typeorm';
import {
  IdColumn,
  IntegerColumn,
  ReferenceColumn,
  TimeColumn,
} from '../infrastructure/database/columns.js';

/** That a person agreed to a version of the terms, and when. */
@Entity({ name: 'terms_acceptances' })
@Index('terms_acceptances_user_version', ['userId', 'version'], { unique: true })
export class TermsAcceptance {
  @IdColumn()
  id!: string;

  @ReferenceColumn('user_id')
  @ForeignKey('User', { name: 'terms_acceptances_user', onDelete: 'CASCADE' })
  userId!: string;

  @Index('terms_acceptances_version')
  @IntegerColumn('version')
  version!: number;

  @TimeColumn('accepted_at')
  acceptedAt!: Date;
}
