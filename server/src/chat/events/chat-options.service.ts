import { Inject, Injectable } from '@nestjs/common';
import { ConfigurationService } from '../../config/configuration.service.js';
import { CHAT_RETENTION, type ChatRetention } from '../retention/chat-retention.js';
import { type ChatOptionsDto } from './chat-options.dto.js';

const MEGABYTE = 1_000_000;

/** What the chat page has to know of the configuration in force. */
@Injectable()
export class ChatOptionsService {
  constructor(
    private readonly configuration: ConfigurationService,
    @Inject(CHAT_RETENTION) private readonly retention: ChatRetention,
  ) {}

  async of(userId: string): Promise<ChatOptionsDto> {
    const { upload, remove } = this.configuration.current.chat;
    return {
      upload: {
        maxBytes: Math.floor(upload.maxSizeMb * MEGABYTE),
        extensions: [...upload.allowedExtensions],
        maxFiles: upload.maxFiles,
        maxTextChars: upload.maxTextChars,
      },
      retentionDays: await this.retention.daysOf(userId),
      removal: remove,
    };
  }
}
