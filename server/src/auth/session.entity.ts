import { Entity, ForeignKey, Index } from 'typeorm';
import {
  IdColumn,
  ReferenceColumn,
  TextColumn,
  TimeColumn,
} from '../infrastructure/database/columns.js';

/** One browser that is logged in. The cookie's token is kept only as its keyed hash. */
@Entity({ name: 'sessions' })
@Index('sessions_token_hash', ['tokenHash'], { unique: true })
@Index('sessions_user_id', ['userId'])
@Index('sessions_expires_at', ['expiresAt'])
export class Session {
  @IdColumn()
  id!: string;

  @ReferenceColumn('user_id')
  @ForeignKey('User', { name: 'sessions_user', onDelete: 'CASCADE' })
  userId!: string;

  @TextColumn(43, { name: 'token_hash' })
  tokenHash!: string;

  @TextColumn(64, { nullable: true })
  ip!: string | null;

  @TextColumn(512, { name: 'user_agent', nullable: true })
  userAgent!: string | null;

  @TimeColumn('created_at')
  createdAt!: Date;

  @TimeColumn('last_seen_at')
  lastSeenAt!: Date;

  @TimeColumn('expires_at')
  expiresAt!: Date;
}
