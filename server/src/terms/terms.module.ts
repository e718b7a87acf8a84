import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { TermsAcceptance } from './terms-acceptance.entity.js';
import { TermsPublicationService } from './terms-publication.service.js';
import { TermsVersion } from './terms-version.entity.js';
import { TermsController } from './terms.controller.js';
import { TermsGuard } from './terms.guard.js';
import { TermsService } from './terms.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([TermsAcceptance, TermsVersion])],
  controllers: [TermsController],
  providers: [TermsPublicationService, TermsService, { provide: APP_GUARD, useClass: TermsGuard }],
  exports: [TermsPublicationService, TermsService],
})
export class TermsModule {}
