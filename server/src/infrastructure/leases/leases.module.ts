import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Lease } from './lease.entity.js';
import { LeaseService } from './lease.service.js';
import { LeasesRepository } from './leases.repository.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Lease])],
  providers: [LeasesRepository, LeaseService],
  exports: [LeaseService],
})
export class LeasesModule {}
