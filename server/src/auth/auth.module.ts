import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BrandingModule } from '../branding/index.js';
import { GroupsModule } from '../groups/index.js';
import { UsersModule } from '../users/index.js';
import { ClientsModule } from '../clients/index.js';
import { ApiKeyAuthenticationService } from './api-key-authentication.service.js';
import { ApiKeyOwnersService } from './api-key-owners.service.js';
import { ApiKey } from './api-key.entity.js';
import { ApiKeysController } from './api-keys.controller.js';
import { ApiKeysService } from './api-keys.service.js';
import { AuthGuard } from './auth.guard.js';
import { BootstrapController } from './bootstrap.controller.js';
import { ClientKeysController } from './client-keys.controller.js';
import { ClientKeysService } from './client-keys.service.js';
import { ExpiredSessions } from './expired-sessions.js';
import { LoginController } from './login.controller.js';
import { LoginService } from './login.service.js';
import { MeService } from './me.service.js';
import { MyGroupsController } from './my-groups.controller.js';
import { LoginAttemptsService } from './oidc/login-attempts.service.js';
import { OidcProviderService } from './oidc/oidc-provider.service.js';
import { OidcStrategy } from './oidc/oidc.strategy.js';
import { ProviderHttpService } from './oidc/provider-http.service.js';
import { RateLimitGuard } from './rate-limits/rate-limit.guard.js';
import { RateLimitsModule } from './rate-limits/rate-limits.module.js';
import { SessionEndingsService } from './session-endings.service.js';
import { SessionOpeningsService } from './session-openings.service.js';
import { Session } from './session.entity.js';
import { SessionsController } from './sessions.controller.js';
import { RecognisedCallerService } from './recognised-caller.service.js';
import { RefusedRequestsService } from './refused-requests.service.js';
import { SessionsService } from './sessions.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([ApiKey, Session]),
    BrandingModule,
    UsersModule,
    GroupsModule,
    ClientsModule,
    RateLimitsModule,
  ],
  controllers: [
    ApiKeysController,
    BootstrapController,
    ClientKeysController,
    LoginController,
    MyGroupsController,
    SessionsController,
  ],
  providers: [
    RefusedRequestsService,
    ApiKeyAuthenticationService,
    ApiKeyOwnersService,
    ApiKeysService,
    ClientKeysService,
    ExpiredSessions,
    LoginAttemptsService,
    LoginService,
    MeService,
    OidcProviderService,
    OidcStrategy,
    ProviderHttpService,
    RecognisedCallerService,
    SessionEndingsService,
    SessionOpeningsService,
    SessionsService,
    { provide: APP_GUARD, useClass: AuthGuard },
    { provide: APP_GUARD, useClass: RateLimitGuard },
  ],
  exports: [
    ApiKeysService,
    ClientKeysService,
    MeService,
    RecognisedCallerService,
    SessionEndingsService,
    SessionsService,
  ],
})
export class AuthModule {}
