import { ApiProperty } from '@nestjs/swagger';
import { ATTACHMENT_KINDS, type AttachmentKind } from './attachment.entity.js';

export class AttachmentDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ enum: ATTACHMENT_KINDS, description: 'By what is in it.' })
  kind!: AttachmentKind;

  @ApiProperty({ example: 'application/pdf' })
  mediaType!: string;

  @ApiProperty({ description: 'Bytes.' })
  size!: number;

  @ApiProperty({ type: Number, nullable: true, description: 'Of its text; null: it has none.' })
  textChars!: number | null;

  @ApiProperty({ description: 'Only the beginning of its text is told to the model.' })
  isCut!: boolean;

  @ApiProperty({ description: 'About how many it adds to a question.' })
  tokens!: number;
}

/** What may be attached, as configured now. */
export class UploadLimitsDto {
  @ApiProperty({ description: 'Bytes.' })
  maxBytes!: number;

  @ApiProperty({ type: [String], example: ['pdf', 'png'] })
  extensions!: string[];

  @ApiProperty({ description: 'Of one question.' })
  maxFiles!: number;

  @ApiProperty({ description: 'Characters taken of a file.' })
  maxTextChars!: number;
}
