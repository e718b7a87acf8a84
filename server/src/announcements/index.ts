export { AnnouncementChangesService } from './announcement-changes.service.js';
export {
  AnnouncementDto,
  AnnouncementListDto,
  ChangeAnnouncementDto,
  SaveAnnouncementDto,
} from './announcements.dto.js';
export { AnnouncementsModule } from './announcements.module.js';
export { AnnouncementsService } from './announcements.service.js';
