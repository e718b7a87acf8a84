import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { UsersModule } from '../users/index.js';
import { ConsoleGroupsService } from './console-groups.service.js';
import { GroupCensusService } from './group-census.service.js';
import { GroupMember } from './group-member.entity.js';
import { GroupMembersService } from './group-members.service.js';
import { GroupTrialService } from './group-trial.service.js';
import { Group } from './group.entity.js';
import { GroupsService } from './groups.service.js';
import { ManualMembershipsService } from './manual-memberships.service.js';
import { MembershipIndexService } from './membership-index.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Group, GroupMember]), UsersModule],
  providers: [
    ConsoleGroupsService,
    GroupCensusService,
    GroupMembersService,
    GroupsService,
    GroupTrialService,
    ManualMembershipsService,
    MembershipIndexService,
  ],
  exports: [
    ConsoleGroupsService,
    GroupCensusService,
    GroupMembersService,
    GroupsService,
    GroupTrialService,
    ManualMembershipsService,
    MembershipIndexService,
  ],
})
export class GroupsModule {}
