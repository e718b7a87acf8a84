import { Entity, ForeignKey, Index } from 'typeorm';
import {
  IdColumn,
  ReferenceColumn,
  TextColumn,
  TimeColumn,
} from '../infrastructure/database/columns.js';

/** A key for tools. Only its HMAC-SHA-256 is kept; `hint` is what a person recognises it by. */
@Entity({ name: 'api_keys' })
@Index('api_keys_key_hash', ['keyHash'], { unique: true })
@Index('api_keys_user_id', ['userId'])
export class ApiKey {
  @IdColumn()
  id!: string;

  @ReferenceColumn('user_id', { nullable: true })
  @ForeignKey('User', { name: 'api_keys_user', onDelete: 'CASCADE' })
  userId!: string | null;

  @TextColumn(200)
  name!: string;

  @TextColumn(43, { name: 'key_hash' })
  keyHash!: string;

  @TextColumn(16)
  hint!: string;

  @TimeColumn('created_at')
  createdAt!: Date;

  @TimeColumn('last_used_at', { nullable: true })
  lastUsedAt!: Date | null;

  @TimeColumn('revoked_at', { nullable: true })
  revokedAt!: Date | null;
}
