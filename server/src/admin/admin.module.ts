import { Module } from '@nestjs/common';
import { AccessModule } from '../access/index.js';
import { AnnouncementsModule } from '../announcements/index.js';
import { AuthModule } from '../auth/index.js';
import { BudgetsModule } from '../budgets/index.js';
import { ClientsModule } from '../clients/index.js';
import { ConfigurationEditingModule } from '../config/index.js';
import { GroupsModule } from '../groups/index.js';
import { ModelsModule } from '../models/index.js';
import { TermsModule } from '../terms/index.js';
import { ProvidersModule } from '../providers/index.js';
import { UsageModule } from '../usage/index.js';
import { UsersModule } from '../users/index.js';
import { AdminAnnouncementsController } from './announcements.controller.js';
import { AccountController } from './account.controller.js';
import { AccountDeletionService } from './account-deletion.service.js';
import { AuditController } from './audit.controller.js';
import { AuditExportService } from './audit-export.service.js';
import { BudgetsController } from './budgets.controller.js';
import { BudgetsService } from './budgets.service.js';
import { PersonalBudgetController } from './personal-budget.controller.js';
import { ClientAdministrationService } from './client-administration.service.js';
import { ClientBudgetsController } from './client-budgets.controller.js';
import { ClientAiConfigurationController } from './clients-ai-configuration.controller.js';
import { AdminClientsController } from './clients.controller.js';
import { ConfigurationController } from './configuration.controller.js';
import { EffectiveAccessController } from './effective-access.controller.js';
import { EffectiveAccessService } from './effective-access.service.js';
import { GroupListService } from './group-list.service.js';
import { GroupMembersController } from './group-members.controller.js';
import { GroupsController } from './groups.controller.js';
import { KeyCountersController } from './key-counters.controller.js';
import { MeController } from './me.controller.js';
import { EndpointAdministrationController } from './models/endpoint-administration.controller.js';
import { EndpointAdministrationService } from './models/endpoint-administration.service.js';
import { ModelAdministrationController } from './models/model-administration.controller.js';
import { ModelAdministrationService } from './models/model-administration.service.js';
import { ModelPagesController } from './models/model-pages.controller.js';
import { ModelPagesService } from './models/model-pages.service.js';
import { ResolutionController } from './models/resolution.controller.js';
import { ResolutionService } from './models/resolution.service.js';
import { ModelRefreshController } from './model-refresh.controller.js';
import { AdminTermsController } from './terms.controller.js';
import { AdminUsageController } from './usage.controller.js';
import { UsageChartsService } from './usage-charts.service.js';
import { UsageFiltersService } from './usage-filters.service.js';
import { UsageNamesService } from './usage-names.service.js';
import { ClientUsageController } from './usage-of-clients.controller.js';
import { UsageOfGroupsService } from './usage-of-groups.service.js';
import { UsageOverviewService } from './usage-overview.service.js';
import { CoinsLeftService } from './coins-left.service.js';
import { UsageRequestsService } from './usage-requests.service.js';
import { UsageLatenciesController } from './usage-latencies.controller.js';
import { UsageOutlookController } from './usage-outlook.controller.js';
import { UsageRowsController } from './usage-rows.controller.js';
import { PeopleOfPage } from './people-of-page.js';
import { UserColumnsService } from './user-columns.service.js';
import { UserCredentialsController } from './user-credentials.controller.js';
import { OldAuditEntriesService } from './old-audit-entries.service.js';
import { OverviewController } from './overview.controller.js';
import { OverviewService } from './overview.service.js';
import { UsersController } from './users.controller.js';
import { UserRanksService } from './user-ranks.service.js';
import { UsersOverviewService } from './users-overview.service.js';

/** Thin controllers for administrators over other modules' services. */
@Module({
  imports: [
    AccessModule,
    AnnouncementsModule,
    AuthModule,
    BudgetsModule,
    ClientsModule,
    ConfigurationEditingModule,
    GroupsModule,
    ModelsModule,
    TermsModule,
    ProvidersModule,
    UsageModule,
    UsersModule,
  ],
  controllers: [
    AdminAnnouncementsController,
    AdminTermsController,
    AccountController,
    AuditController,
    BudgetsController,
    PersonalBudgetController,
    AdminClientsController,
    AdminUsageController,
    ClientAiConfigurationController,
    ClientBudgetsController,
    ClientUsageController,
    ConfigurationController,
    KeyCountersController,
    EffectiveAccessController,
    GroupMembersController,
    GroupsController,
    MeController,
    EndpointAdministrationController,
    ModelAdministrationController,
    ModelPagesController,
    ModelRefreshController,
    UserCredentialsController,
    OverviewController,
    ResolutionController,
    UsageLatenciesController,
    UsageOutlookController,
    UsageRowsController,
    UsersController,
  ],
  providers: [
    AccountDeletionService,
    AuditExportService,
    BudgetsService,
    ClientAdministrationService,
    CoinsLeftService,
    EffectiveAccessService,
    EndpointAdministrationService,
    GroupListService,
    PeopleOfPage,
    OverviewService,
    UsageChartsService,
    ModelAdministrationService,
    ModelPagesService,
    OldAuditEntriesService,
    ResolutionService,
    UsageFiltersService,
    UsageNamesService,
    UsageOfGroupsService,
    UsageOverviewService,
    UsageRequestsService,
    UserColumnsService,
    UserRanksService,
    UsersOverviewService,
  ],
})
export class AdminModule {}
