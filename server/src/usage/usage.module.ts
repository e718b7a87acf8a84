import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { KeyCountersService } from './key-counters.service.js';
import { RequestLog } from './request-log.entity.js';
import { RequestLogRepository } from './request-log.repository.js';
import { RequestLogService } from './request-log.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([RequestLog])],
  providers: [KeyCountersService, RequestLogRepository, RequestLogService],
  exports: [KeyCountersService, RequestLogService],
})
export class UsageModule {}
