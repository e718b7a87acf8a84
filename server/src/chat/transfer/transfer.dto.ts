import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';

export const EXPORT_FORMATS = ['markdown', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export class ExportConversationDto {
  @ApiPropertyOptional({ enum: EXPORT_FORMATS, default: 'markdown' })
  @IsIn(EXPORT_FORMATS, { message: `format is one of ${EXPORT_FORMATS.join(', ')}.` })
  format: ExportFormat = 'markdown';
}

export class SkippedImportDto {
  @ApiProperty({ description: 'Its title, or its place in the file.' })
  name!: string;

  @ApiProperty()
  reason!: string;
}

export class ImportResultDto {
  @ApiProperty({ description: 'Conversations.' })
  imported!: number;

  @ApiProperty({ type: [SkippedImportDto], description: 'The first hundred.' })
  skipped!: SkippedImportDto[];

  @ApiProperty({ description: 'How many were skipped in all.' })
  skippedCount!: number;
}
