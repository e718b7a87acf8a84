import { Entity, Index } from 'typeorm';
import {
  IdColumn,
  JsonColumn,
  ReferenceColumn,
  TextColumn,
  TimeColumn,
} from '../database/columns.js';

/** Who did something: a person, a client, the command line, Lumen itself, or nobody we know. */
export type ActorKind = 'user' | 'client' | 'cli' | 'system' | 'anonymous';

export type AuditOutcome = 'done' | 'refused';

/** One line of the audit log. It is written once and never changed. */
@Entity({ name: 'audit_log' })
@Index('audit_log_at', ['at'])
@Index('audit_log_actor_id', ['actorId', 'at'])
@Index('audit_log_object_id', ['objectId', 'at'])
@Index('audit_log_action', ['action', 'at'])
export class AuditEntry {
  @IdColumn()
  id!: string;

  @TimeColumn('at')
  at!: Date;

  @TextColumn(16, { name: 'actor_kind' })
  actorKind!: ActorKind;

  @ReferenceColumn('actor_id', { nullable: true })
  actorId!: string | null;

  @TextColumn(320, { name: 'actor_name' })
  actorName!: string;

  @TextColumn(64)
  action!: string;

  @TextColumn(16)
  outcome!: AuditOutcome;

  @TextColumn(32, { name: 'object_kind', nullable: true })
  objectKind!: string | null;

  @TextColumn(256, { name: 'object_id', nullable: true })
  objectId!: string | null;

  @TextColumn(320, { name: 'object_name', nullable: true })
  objectName!: string | null;

  @JsonColumn('before', { nullable: true })
  before!: Record<string, unknown> | null;

  @JsonColumn('after', { nullable: true })
  after!: Record<string, unknown> | null;

  @TextColumn(2000, { nullable: true })
  reason!: string | null;

  @TextColumn(64, { nullable: true })
  ip!: string | null;

  @TextColumn(128, { name: 'request_id', nullable: true })
  requestId!: string | null;
}
