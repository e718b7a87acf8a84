import { type DynamicModule, Module, ValidationPipe } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { AccessModule } from './access/access.module.js';
import { AdminModule } from './admin/admin.module.js';
import { AnnouncementsModule } from './announcements/index.js';
import { AuthModule } from './auth/index.js';
import { BudgetsModule } from './budgets/index.js';
import { chatPeople } from './chat-people.js';
import { chatRetention } from './chat-retention.js';
import { ChatModule } from './chat/index.js';
import { ClientsModule } from './clients/clients.module.js';
import { ConfigurationModule } from './config/configuration.module.js';
import { ConfigurationService } from './config/configuration.service.js';
import { type LoadedConfiguration } from './config/index.js';
import { databaseSettings } from './database-settings.js';
import { GroupsModule, GroupsService } from './groups/index.js';
import { HelpModule } from './help/help.module.js';
import { HealthModule } from './health/health.module.js';
import { DatabaseModule } from './infrastructure/database/database.module.js';
import { ErrorFilter } from './infrastructure/errors/error.filter.js';
import { HttpModule } from './infrastructure/http/http.module.js';
import { invalidBody } from './infrastructure/http/invalid-body.js';
import { InfrastructureModule } from './infrastructure/infrastructure.module.js';
import { RedisModule } from './infrastructure/redis/redis.module.js';
import { type ReplicaSettings } from './infrastructure/replicas/replica-settings.js';
import { ReplicasModule } from './infrastructure/replicas/replicas.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { ModelsModule } from './models/index.js';
import { ProvidersModule } from './providers/index.js';
import { ProxyModule } from './proxy/index.js';
import { ShutdownService } from './shutdown.service.js';
import { TermsModule } from './terms/index.js';
import { UsageModule } from './usage/index.js';
import { UsersModule, UsersService } from './users/index.js';

export interface AppModuleOptions {
  /** The configuration file, watched while the application runs. */
  configurationPath: string;
  /** What it says now. */
  loaded: LoadedConfiguration;
  /** How often the file is looked at; 0 never. Five seconds unless said otherwise. */
  watchIntervalMs?: number;
}

const SECOND = 1000;

const replicaSettings = (configuration: ConfigurationService): ReplicaSettings => ({
  leaseMs: () => configuration.current.budgets.leaseS * SECOND,
  workTables: ['holds', 'running_answers'],
});

const CHAT_SETTINGS = {
  imports: [UsersModule, GroupsModule],
  people: { inject: [UsersService], useFactory: chatPeople },
  retention: {
    inject: [ConfigurationService, UsersService, GroupsService],
    useFactory: chatRetention,
  },
};

const validation = () =>
  new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    exceptionFactory: invalidBody,
  });

/** In the order of the import table: guards ask in it who somebody is before what they owe. */
const DOMAINS = [
  UsersModule,
  GroupsModule,
  ClientsModule,
  AuthModule,
  TermsModule,
  AnnouncementsModule,
  ProvidersModule,
  ModelsModule,
  AccessModule,
  BudgetsModule,
  UsageModule,
  ProxyModule,
  ChatModule.forRootAsync(CHAT_SETTINGS),
  AdminModule,
  HealthModule,
  HelpModule,
  MetricsModule,
  HttpModule,
];

/** Everything that serves people and tools, put together. */
@Module({})
export class AppModule {
  static forRoot(options: AppModuleOptions): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigurationModule.forRoot({
          path: options.configurationPath,
          initial: options.loaded,
          watchIntervalMs: options.watchIntervalMs,
        }),
        InfrastructureModule,
        DatabaseModule.forRoot(databaseSettings(options.loaded.config)),
        RedisModule.forRoot(options.loaded.config.rateLimiting.storageUrl),
        ReplicasModule.forRootAsync({
          inject: [ConfigurationService],
          useFactory: replicaSettings,
        }),
        ...DOMAINS,
      ],
      providers: [
        ShutdownService,
        { provide: APP_FILTER, useClass: ErrorFilter },
        { provide: APP_PIPE, useFactory: validation },
      ],
    };
  }
}
