import { Global, Module } from '@nestjs/common';
import { WorkerLinkService } from './worker-link.service.js';

@Global()
@Module({ providers: [WorkerLinkService], exports: [WorkerLinkService] })
export class WorkersModule {}
