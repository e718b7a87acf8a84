import { Module } from '@nestjs/common';
import { BrandingController } from './branding.controller.js';
import { BrandingService } from './branding.service.js';
import { PicturesService } from './pictures.service.js';

/** The look of the institution. */
@Module({
  controllers: [BrandingController],
  providers: [BrandingService, PicturesService],
  exports: [BrandingService],
})
export class BrandingModule {}
