import { Module } from '@nestjs/common';
import { ModelsModule } from '../models/index.js';
import { ProxyModule } from '../proxy/index.js';
import { ChatController } from './chat.controller.js';
import { ChatModelsService } from './chat-models.service.js';

@Module({
  imports: [ModelsModule, ProxyModule],
  controllers: [ChatController],
  providers: [ChatModelsService],
})
export class ChatModule {}
