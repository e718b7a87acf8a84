import { Module } from '@nestjs/common';
import { WebClientController } from './web-client.controller.js';
import { WebClientService } from './web-client.service.js';

@Module({
  controllers: [WebClientController],
  providers: [WebClientService],
  exports: [WebClientService],
})
export class HttpModule {}
