import { Entity, Index } from 'typeorm';
import {
  FlagColumn,
  IdColumn,
  JsonColumn,
  TextColumn,
  TimeColumn,
} from '../infrastructure/database/columns.js';

/** A person. Identity is issuer + subject; the e-mail is an attribute, kept in lower case. */
@Entity({ name: 'users' })
@Index('users_email', ['email'], { unique: true })
@Index('users_identity', ['issuer', 'subject'], { unique: true })
export class User {
  @IdColumn()
  id!: string;

  @TextColumn(320)
  email!: string;

  @TextColumn(320)
  name!: string;

  @TextColumn(512, { nullable: true })
  issuer!: string | null;

  @TextColumn(512, { nullable: true })
  subject!: string | null;

  @FlagColumn('is_active')
  isActive!: boolean;

  @TimeColumn('created_at')
  createdAt!: Date;

  @TimeColumn('last_login_at', { nullable: true })
  lastLoginAt!: Date | null;

  /** The claims of the last login, by which rules decide membership. */
  @JsonColumn('claims', { nullable: true })
  claims!: Record<string, unknown> | null;

  /** Roles that a superadmin granted. */
  @JsonColumn('granted_roles', { nullable: true })
  grantedRoles!: string[] | null;
}
