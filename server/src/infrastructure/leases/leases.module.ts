import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Lease } from './lease.entity.js';
import { LeaseService } from './lease.service.js';
import { LeasesRepository } from './leases.repository.js';
import { RemovalJobsService } from './removal-jobs.service.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Lease])],
  providers: [LeasesRepository, LeaseService, RemovalJobsService],
  exports: [LeaseService, RemovalJobsService],
})
export class LeasesModule {}
