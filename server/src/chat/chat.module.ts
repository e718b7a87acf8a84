import { Module } from '@nestjs/common';
import { ProxyModule } from '../proxy/index.js';
import { ChatController } from './chat.controller.js';
import { ChatModelsService } from './chat-models.service.js';

@Module({
  imports: [ProxyModule],
  controllers: [ChatController],
  providers: [ChatModelsService],
})
export class ChatModule {}
