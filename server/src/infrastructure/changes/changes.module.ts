import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Change } from './change.entity.js';
import { ChangesService } from './changes.service.js';
import { OldChanges } from './old-changes.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Change])],
  providers: [ChangesService, OldChanges],
  exports: [ChangesService],
})
export class ChangesModule {}
