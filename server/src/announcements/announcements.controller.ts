import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Principal } from '../infrastructure/http/principal.js';
import { Accepts, CurrentPrincipal, Public } from '../infrastructure/http/route-access.js';
import { ShownAnnouncementDto, ShownAnnouncementListDto } from './announcements.dto.js';
import { AnnouncementsService } from './announcements.service.js';

@ApiTags('Announcements')
@Controller('api/announcements')
export class AnnouncementsController {
  constructor(private readonly announcements: AnnouncementsService) {}

  /** What I am told now, the gravest first. */
  @Get()
  @Accepts('session')
  @ApiOkResponse({ type: ShownAnnouncementListDto })
  async mine(@CurrentPrincipal() { ownerId }: Principal): Promise<ShownAnnouncementListDto> {
    return listOf(await this.announcements.shownTo(ownerId));
  }

  /** What everyone is told now, for the page one signs in on. */
  @Get('public')
  @Public()
  @ApiOkResponse({ type: ShownAnnouncementListDto })
  async everyones(): Promise<ShownAnnouncementListDto> {
    return listOf(await this.announcements.shownTo(null));
  }
}

function listOf(
  announcements: Awaited<ReturnType<AnnouncementsService['shownTo']>>,
): ShownAnnouncementListDto {
  return { announcements: announcements.map(ShownAnnouncementDto.from) };
}
