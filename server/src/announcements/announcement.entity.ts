import { Entity, Index } from 'typeorm';
import {
  FlagColumn,
  IdColumn,
  JsonColumn,
  LongTextColumn,
  TextColumn,
  TimeColumn,
} from '../infrastructure/database/columns.js';

export const SEVERITIES = ['info', 'success', 'warning', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** `everyone` also reads it before signing in. */
export const AUDIENCES = ['everyone', 'signed_in', 'groups'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** Something the institution tells its people for a time. */
@Entity({ name: 'announcements' })
export class Announcement {
  @IdColumn()
  id!: string;

  @TextColumn(16)
  severity!: Severity;

  @TextColumn(160)
  title!: string;

  /** Markdown. */
  @LongTextColumn('text')
  text!: string;

  @TextColumn(16)
  audience!: Audience;

  /** Names, for the audience `groups`. */
  @JsonColumn('groups')
  groups!: string[];

  @FlagColumn('is_dismissible')
  isDismissible!: boolean;

  @TimeColumn('starts_at')
  startsAt!: Date;

  @Index('announcements_ends_at')
  @TimeColumn('ends_at', { nullable: true })
  endsAt!: Date | null;

  @TimeColumn('created_at')
  createdAt!: Date;

  @TimeColumn('updated_at')
  updatedAt!: Date;
}
