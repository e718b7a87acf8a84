import { ApiProperty } from '@nestjs/swagger';
import { ShortText } from './chat-texts.js';

const LONGEST_NAME = 100;

export class FolderDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;
}

export class FolderListDto {
  @ApiProperty({ type: [FolderDto], description: 'By name.' })
  folders!: FolderDto[];
}

export class NameFolderDto {
  @ApiProperty({ minLength: 1, maxLength: LONGEST_NAME })
  @ShortText('name', LONGEST_NAME)
  name!: string;
}
