import { Entity, Index } from 'typeorm';
import {
  FlagColumn,
  IdColumn,
  ReferenceColumn,
  TextColumn,
  TimeColumn,
} from '../infrastructure/database/columns.js';

/** An application with keys of its own. Its budget and access come from `clients:` by its name. */
@Entity({ name: 'clients' })
@Index('clients_name', ['name'], { unique: true })
@Index('clients_owner_id', ['ownerId'])
export class Client {
  @IdColumn()
  id!: string;

  @TextColumn(128)
  name!: string;

  @TextColumn(2000)
  description!: string;

  @FlagColumn('is_active')
  isActive!: boolean;

  /** The person who answers for it; always one of its managers. */
  @ReferenceColumn('owner_id', { nullable: true })
  ownerId!: string | null;

  /** Answers requests that name no model. */
  @TextColumn(256, { name: 'default_model', nullable: true })
  defaultModel!: string | null;

  @TimeColumn('created_at')
  createdAt!: Date;

  @TimeColumn('updated_at')
  updatedAt!: Date;
}
