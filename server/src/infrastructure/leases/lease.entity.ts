import { Entity } from 'typeorm';
import { IdColumn, ReferenceColumn, TimeColumn } from '../database/columns.js';

/** Which replica does a job that one at a time may do. */
@Entity({ name: 'leases' })
export class Lease {
  /** The job's name. */
  @IdColumn()
  id!: string;

  @ReferenceColumn('holder_id')
  holderId!: string;

  @TimeColumn('expires_at')
  expiresAt!: Date;
}
