import { Module } from '@nestjs/common';
import { ConfigurationEditingService } from './configuration-editing.service.js';

/** The configuration file as something that people change while Lumen runs. */
@Module({
  providers: [ConfigurationEditingService],
  exports: [ConfigurationEditingService],
})
export class ConfigurationEditingModule {}
