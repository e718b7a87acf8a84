import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  AnnouncementChangesService,
  AnnouncementDto,
  AnnouncementListDto,
  AnnouncementsService,
  ChangeAnnouncementDto,
  SaveAnnouncementDto,
} from '../announcements/index.js';
import { Audit, type AuditContext } from '../infrastructure/audit/audit-context.js';
import { Accepts, Roles } from '../infrastructure/http/route-access.js';

@ApiTags('Administration: announcements')
@Controller('api/admin/announcements')
@Accepts('session')
@Roles('admin')
export class AdminAnnouncementsController {
  constructor(
    private readonly announcements: AnnouncementsService,
    private readonly changes: AnnouncementChangesService,
  ) {}

  @Get()
  @ApiOkResponse({ type: AnnouncementListDto })
  async list(): Promise<AnnouncementListDto> {
    return { announcements: (await this.announcements.list()).map(AnnouncementDto.from) };
  }

  @Post()
  @ApiCreatedResponse({ type: AnnouncementDto })
  async create(
    @Body() body: SaveAnnouncementDto,
    @Audit() audit: AuditContext,
  ): Promise<AnnouncementDto> {
    return AnnouncementDto.from(await this.changes.create(body, audit));
  }

  @Put(':id')
  @ApiOkResponse({ type: AnnouncementDto })
  async update(
    @Param('id') id: string,
    @Body() body: ChangeAnnouncementDto,
    @Audit() audit: AuditContext,
  ): Promise<AnnouncementDto> {
    return AnnouncementDto.from(await this.changes.update(id, body, audit));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse()
  remove(@Param('id') id: string, @Audit() audit: AuditContext): Promise<void> {
    return this.changes.remove(id, audit);
  }
}
