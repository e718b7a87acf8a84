import { Module } from '@nestjs/common';
import { HelpPicturesController } from './help-pictures.controller.js';
import { HelpController } from './help.controller.js';
import { HelpService } from './help.service.js';

/** The documentation, for the portal. */
@Module({ controllers: [HelpController, HelpPicturesController], providers: [HelpService] })
export class HelpModule {}
