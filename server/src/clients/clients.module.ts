import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { UsersModule } from '../users/index.js';
import { ClientArrivalsService } from './client-arrivals.service.js';
import { ClientManager } from './client-manager.entity.js';
import { ClientManagersController } from './client-managers.controller.js';
import { ClientManagersService } from './client-managers.service.js';
import { ClientPeopleService } from './client-people.service.js';
import { ClientPermissionsService } from './client-permissions.service.js';
import { ClientRecordsService } from './client-records.service.js';
import { ClientViewsService } from './client-views.service.js';
import { Client } from './client.entity.js';
import { ClientsController } from './clients.controller.js';
import { ClientsService } from './clients.service.js';
import { ConfiguredClientsService } from './configured-clients.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Client, ClientManager]), UsersModule],
  controllers: [ClientsController, ClientManagersController],
  providers: [
    ClientArrivalsService,
    ClientManagersService,
    ClientPeopleService,
    ClientPermissionsService,
    ClientRecordsService,
    ClientsService,
    ClientViewsService,
    ConfiguredClientsService,
  ],
  exports: [
    ClientArrivalsService,
    ClientPeopleService,
    ClientPermissionsService,
    ClientRecordsService,
    ClientsService,
    ClientViewsService,
  ],
})
export class ClientsModule {}
