import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString, Length } from 'class-validator';
import { ShortText } from '../conversations/chat-texts.js';
import {
  AreSettings,
  ConversationSettingsDto,
} from '../conversations/conversation-settings.dto.js';

const LONGEST_NAME = 100;

/** The whole preset, whether it is new or changed. */
export class SavePresetDto {
  @ApiProperty({ minLength: 1, maxLength: LONGEST_NAME })
  @ShortText('name', LONGEST_NAME)
  name!: string;

  @ApiProperty({ type: String, nullable: true, maxLength: 256, description: 'Null: any.' })
  @IsOptional()
  @IsString({ message: 'model is the name of a model, or null.' })
  @Length(1, 256, { message: 'model is the name of a model, or null.' })
  model: string | null = null;

  @ApiProperty({ type: ConversationSettingsDto })
  @AreSettings()
  settings!: ConversationSettingsDto;
}

export class PresetDto extends SavePresetDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
}

export class PresetListDto {
  @ApiProperty({ type: [PresetDto], description: 'By name.' })
  presets!: PresetDto[];
}
