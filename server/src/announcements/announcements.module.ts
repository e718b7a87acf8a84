import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GroupsModule } from '../groups/index.js';
import { UsersModule } from '../users/index.js';
import { AnnouncementChangesService } from './announcement-changes.service.js';
import { Announcement } from './announcement.entity.js';
import { AnnouncementsController } from './announcements.controller.js';
import { AnnouncementsService } from './announcements.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Announcement]), GroupsModule, UsersModule],
  controllers: [AnnouncementsController],
  providers: [AnnouncementChangesService, AnnouncementsService],
  exports: [AnnouncementChangesService, AnnouncementsService],
})
export class AnnouncementsModule {}
