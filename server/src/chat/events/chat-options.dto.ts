import { ApiProperty } from '@nestjs/swagger';
import { UploadLimitsDto } from '../attachments/attachments.dto.js';

/** What the chat page has to know of the configuration, for this person. */
export class ChatOptionsDto {
  @ApiProperty({ type: UploadLimitsDto })
  upload!: UploadLimitsDto;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Conversations are deleted so many days after their last message; null: never.',
  })
  retentionDays!: number | null;

  @ApiProperty({
    enum: ['hide', 'delete'],
    description: 'Whether what is deleted can be brought back by an administrator.',
  })
  removal!: 'hide' | 'delete';
}
