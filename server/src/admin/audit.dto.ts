import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { type AuditEntry, type AuditOutcome } from '../infrastructure/audit/audit-entry.entity.js';
import { type AuditFilter } from '../infrastructure/audit/audit-search.service.js';
import { pageOf, pageQueryOf } from '../infrastructure/http/page-query.dto.js';
import { TextFilter, TimeFilter } from '../infrastructure/http/query-filters.js';

export class ListAuditDto
  extends pageQueryOf(['at', 'action', 'actorName', 'objectName'], 'desc')
  implements AuditFilter
{
  @TimeFilter('from')
  from?: Date;

  @TimeFilter('to', 'Not included.')
  to?: Date;

  @TextFilter('actorId', 36)
  actorId?: string;

  @TextFilter('action', 64, 'user.login')
  action?: string;

  @TextFilter('objectKind', 32, 'user')
  objectKind?: string;

  @TextFilter('objectId', 256)
  objectId?: string;

  @ApiPropertyOptional({ enum: ['done', 'refused'] })
  @IsOptional()
  @IsIn(['done', 'refused'], { message: 'outcome is done or refused.' })
  outcome?: AuditOutcome;
}

export class AuditEntryDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ enum: ['user', 'client', 'cli', 'system', 'anonymous'] })
  actorKind!: string;

  @ApiProperty({ type: String, nullable: true })
  actorId!: string | null;

  @ApiProperty()
  actorName!: string;

  @ApiProperty()
  action!: string;

  @ApiProperty({ enum: ['done', 'refused'] })
  outcome!: AuditOutcome;

  @ApiProperty({ type: String, nullable: true })
  objectKind!: string | null;

  @ApiProperty({ type: String, nullable: true })
  objectId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  objectName!: string | null;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  before!: Record<string, unknown> | null;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  after!: Record<string, unknown> | null;

  @ApiProperty({ type: String, nullable: true })
  reason!: string | null;

  @ApiProperty({ type: String, nullable: true })
  ip!: string | null;

  @ApiProperty({ type: String, nullable: true })
  requestId!: string | null;

  static from(this: void, entry: AuditEntry): AuditEntryDto {
    return { ...entry, at: entry.at.toISOString() };
  }
}

export class AuditPageDto extends pageOf(AuditEntryDto) {}
