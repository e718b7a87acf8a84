import { Module } from '@nestjs/common';
import { ProvidersModule } from '../providers/index.js';
import { CatalogueService } from './catalogue.service.js';

@Module({
  imports: [ProvidersModule],
  providers: [CatalogueService],
  exports: [CatalogueService],
})
export class ModelsModule {}
