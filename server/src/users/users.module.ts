import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SignInService } from './sign-in.service.js';
import { UserAdministrationService } from './user-administration.service.js';
import { UserGrowthService } from './user-growth.service.js';
import { UserScanService } from './user-scan.service.js';
import { User } from './user.entity.js';
import { UsersService } from './users.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([User])],
  providers: [
    SignInService,
    UserAdministrationService,
    UserGrowthService,
    UserScanService,
    UsersService,
  ],
  exports: [
    SignInService,
    UserAdministrationService,
    UserGrowthService,
    UserScanService,
    UsersService,
  ],
})
export class UsersModule {}
