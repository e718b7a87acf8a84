import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { ReferenceColumn, TimeColumn } from '../../infrastructure/database/columns.js';

/** An answer that a replica is producing; gone once the answer has ended. */
@Entity({ name: 'running_answers' })
@Index('running_answers_replica_id', ['replicaId'])
@Index('running_answers_user_id', ['userId'])
export class RunningAnswer {
  /** Of the message that becomes the answer. */
  @PrimaryColumn({ type: 'varchar', length: 36 })
  @ForeignKey('Message', { name: 'running_answers_message', onDelete: 'CASCADE' })
  id!: string;

  @ReferenceColumn('replica_id')
  replicaId!: string;

  @ReferenceColumn('user_id')
  userId!: string;

  @TimeColumn('started_at')
  startedAt!: Date;
}
