import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RequestLog } from './request-log.entity.js';
import { RequestLogRepository } from './request-log.repository.js';
import { RequestLogService } from './request-log.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([RequestLog])],
  providers: [RequestLogRepository, RequestLogService],
  exports: [RequestLogService],
})
export class UsageModule {}
