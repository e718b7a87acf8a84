import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsDate, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { type AuditEntry, type AuditOutcome } from '../infrastructure/audit/audit-entry.entity.js';
import { type AuditFilter } from '../infrastructure/audit/audit-search.service.js';
import { pageOf, pageQueryOf } from '../infrastructure/http/page-query.dto.js';

const readTime = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' ? new Date(value) : value;

export class ListAuditDto
  extends pageQueryOf(['at', 'action', 'actorName', 'objectName'], 'desc')
  implements AuditFilter
{
  @ApiPropertyOptional({ format: 'date-time', type: String })
  @IsOptional()
  @Transform(readTime)
  @IsDate({ message: 'from is a time such as 2026-11-21T10:00:00Z.' })
  from?: Date;

  @ApiPropertyOptional({ format: 'date-time', type: String, description: 'Not included.' })
  @IsOptional()
  @Transform(readTime)
  @IsDate({ message: 'to is a time such as 2026-11-21T10:00:00Z.' })
  to?: Date;

  @ApiPropertyOptional({ maxLength: 36 })
  @IsOptional()
  @IsString({ message: 'actorId is one id.' })
  @MaxLength(36)
  actorId?: string;

  @ApiPropertyOptional({ maxLength: 64, example: 'user.login' })
  @IsOptional()
  @IsString({ message: 'action is one text.' })
  @MaxLength(64)
  action?: string;

  @ApiPropertyOptional({ maxLength: 32, example: 'user' })
  @IsOptional()
  @IsString({ message: 'objectKind is one text.' })
  @MaxLength(32)
  objectKind?: string;

  @ApiPropertyOptional({ maxLength: 256 })
  @IsOptional()
  @IsString({ message: 'objectId is one id.' })
  @MaxLength(256)
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
