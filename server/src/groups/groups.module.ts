import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GroupMember } from './group-member.entity.js';
import { Group } from './group.entity.js';

@Module({
  imports: [TypeOrmModule.forFeature([Group, GroupMember])],
})
export class GroupsModule {}
