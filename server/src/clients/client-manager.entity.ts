import { Entity, ForeignKey, Index } from 'typeorm';
import { IdColumn, ReferenceColumn, TimeColumn } from '../infrastructure/database/columns.js';

/** A person who may see a client and handle its keys. */
@Entity({ name: 'client_managers' })
@Index('client_managers_unique', ['clientId', 'userId'], { unique: true })
@Index('client_managers_user_id', ['userId'])
export class ClientManager {
  @IdColumn()
  id!: string;

  @ReferenceColumn('client_id')
  @ForeignKey('Client', { name: 'client_managers_client', onDelete: 'CASCADE' })
  clientId!: string;

  @ReferenceColumn('user_id')
  userId!: string;

  @TimeColumn('created_at')
  createdAt!: Date;
}
