import { ApiProperty } from '@nestjs/swagger';
import { MESSAGE_ROLES, type MessageRole } from '../messages/message.entity.js';

export class ShareDto {
  @ApiProperty({ format: 'uuid', description: 'The client shows it at /shared/{id}.' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  conversationId!: string;

  @ApiProperty()
  title!: string;

  @ApiProperty({ description: 'How many messages it shows.' })
  messages!: number;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time', description: 'What was said later is not shown.' })
  updatedAt!: string;
}

export class ShareListDto {
  @ApiProperty({ type: [ShareDto], description: 'Newest first.' })
  shares!: ShareDto[];
}

export class SharedMessageDto {
  @ApiProperty({ enum: MESSAGE_ROLES })
  role!: MessageRole;

  @ApiProperty()
  content!: string;

  @ApiProperty({ type: String, nullable: true })
  model!: string | null;

  @ApiProperty({ type: [String], description: 'Names of what was attached.' })
  attachments!: string[];
}

export class SharedConversationDto {
  @ApiProperty()
  title!: string;

  @ApiProperty({ description: 'Name of the person who shares it.' })
  sharedBy!: string;

  @ApiProperty({ description: 'The reader is that person.' })
  isMine!: boolean;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;

  @ApiProperty({ type: [SharedMessageDto] })
  messages!: SharedMessageDto[];
}
