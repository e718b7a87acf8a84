import { Global, Module } from '@nestjs/common';
import { ClockService } from './clock.service.js';
import { ClockStepsService } from './clock-steps.service.js';

@Global()
@Module({
  providers: [ClockService, ClockStepsService],
  exports: [ClockService, ClockStepsService],
})
export class ClockModule {}
