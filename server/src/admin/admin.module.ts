import { Module } from '@nestjs/common';
import { AccessModule } from '../access/index.js';
import { AuthModule } from '../auth/index.js';
import { ClientsModule } from '../clients/index.js';
import { GroupsModule } from '../groups/index.js';
import { ModelsModule } from '../models/index.js';
import { UsageModule } from '../usage/index.js';
import { UsersModule } from '../users/index.js';
import { AuditController } from './audit.controller.js';
import { AuditExportService } from './audit-export.service.js';
import { ClientAdministrationService } from './client-administration.service.js';
import { ClientAiConfigurationController } from './clients-ai-configuration.controller.js';
import { AdminClientsController } from './clients.controller.js';
import { EffectiveAccessController } from './effective-access.controller.js';
import { EffectiveAccessService } from './effective-access.service.js';
import { GroupListService } from './group-list.service.js';
import { GroupMembersController } from './group-members.controller.js';
import { GroupsController } from './groups.controller.js';
import { KeyCountersController } from './key-counters.controller.js';
import { UsersController } from './users.controller.js';
import { UsersOverviewService } from './users-overview.service.js';

/** Thin controllers for administrators over other modules' services. */
@Module({
  imports: [
    AccessModule,
    AuthModule,
    ClientsModule,
    GroupsModule,
    ModelsModule,
    UsageModule,
    UsersModule,
  ],
  controllers: [
    AuditController,
    AdminClientsController,
    ClientAiConfigurationController,
    KeyCountersController,
    EffectiveAccessController,
    GroupMembersController,
    GroupsController,
    UsersController,
  ],
  providers: [
    AuditExportService,
    ClientAdministrationService,
    EffectiveAccessService,
    GroupListService,
    UsersOverviewService,
  ],
})
export class AdminModule {}
