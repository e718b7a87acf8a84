import { Entity, ForeignKey, Index } from 'typeorm';
import {
  IdColumn,
  JsonColumn,
  ReferenceColumn,
  TextColumn,
  TimeColumn,
} from '../infrastructure/database/columns.js';

/** A key for tools, of a person or of a client. Only its HMAC-SHA-256 is kept; `hint` is what a person recognises it by. */
@Entity({ name: 'api_keys' })
@Index('api_keys_key_hash', ['keyHash'], { unique: true })
@Index('api_keys_user_id', ['userId'])
@Index('api_keys_client_id', ['clientId'])
export class ApiKey {
  @IdColumn()
  id!: string;

  @ReferenceColumn('user_id', { nullable: true })
  @ForeignKey('User', { name: 'api_keys_user', onDelete: 'CASCADE' })
  userId!: string | null;

  @ReferenceColumn('client_id', { nullable: true })
  @ForeignKey('Client', { name: 'api_keys_client', onDelete: 'CASCADE' })
  clientId!: string | null;

  /** The person who made it: its owner, or a manager of the client. */
  @ReferenceColumn('created_by', { nullable: true })
  createdBy!: string | null;

  @TextColumn(200)
  name!: string;

  @TextColumn(43, { name: 'key_hash' })
  keyHash!: string;

  /** The id of the secret that made the hash; null: it was made before this was noted. */
  @TextColumn(8, { name: 'hashed_by', nullable: true })
  hashedBy!: string | null;

  @TextColumn(16)
  hint!: string;

  @TimeColumn('created_at')
  createdAt!: Date;

  @TimeColumn('last_used_at', { nullable: true })
  lastUsedAt!: Date | null;

  @TimeColumn('revoked_at', { nullable: true })
  revokedAt!: Date | null;

  @TimeColumn('expires_at', { nullable: true })
  expiresAt!: Date | null;

  /** The only models this key may use; null: whatever its owner may. */
  @JsonColumn('only_models', { nullable: true })
  onlyModels!: string[] | null;
}
