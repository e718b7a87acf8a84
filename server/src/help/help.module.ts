import { Module } from '@nestjs/common';
import { HelpController } from './help.controller.js';
import { HelpService } from './help.service.js';

/** The documentation, for the portal. */
@Module({ controllers: [HelpController], providers: [HelpService] })
export class HelpModule {}
