import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ClientsModule } from '../clients/index.js';
import { GroupsModule } from '../groups/index.js';
import { ModelsModule } from '../models/index.js';
import { UsersModule } from '../users/index.js';
import { AccessService } from './access.service.js';
import { AcknowledgementTextsService } from './acknowledgement-texts.service.js';
import { Acknowledgement } from './acknowledgement.entity.js';
import { AcknowledgementsService } from './acknowledgements.service.js';
import { ClientModelsController } from './client-models.controller.js';
import { MyModelsController } from './my-models.controller.js';
import { OwnerAccessService } from './owner-access.service.js';
import { OwnerLoader } from './owner-loader.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Acknowledgement]),
    ClientsModule,
    GroupsModule,
    ModelsModule,
    UsersModule,
  ],
  controllers: [ClientModelsController, MyModelsController],
  providers: [
    AccessService,
    AcknowledgementsService,
    AcknowledgementTextsService,
    OwnerAccessService,
    OwnerLoader,
  ],
  exports: [AccessService],
})
export class AccessModule {}
