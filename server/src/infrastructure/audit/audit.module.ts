import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditEntry } from './audit-entry.entity.js';
import { AuditSearchService } from './audit-search.service.js';
import { AuditTrailService } from './audit-trail.service.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([AuditEntry])],
  providers: [AuditSearchService, AuditTrailService],
  exports: [AuditSearchService, AuditTrailService],
})
export class AuditModule {}
