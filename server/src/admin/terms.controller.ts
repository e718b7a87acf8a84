import { Body, Controller, Delete, Get, HttpCode, Param, ParseIntPipe, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Audit, type AuditContext } from '../infrastructure/audit/audit-context.js';
import { Accepts, Roles } from '../infrastructure/http/route-access.js';
import {
  PublishedTermsDto,
  PublishedTermsListDto,
  PublishTermsDto,
  TermsPublicationService,
} from '../terms/index.js';

@ApiTags('Administration: terms')
@Controller('api/admin/terms')
@Accepts('session')
@Roles('admin')
export class AdminTermsController {
  constructor(private readonly terms: TermsPublicationService) {}

  @Get()
  @ApiOkResponse({ type: PublishedTermsListDto })
  async list(): Promise<PublishedTermsListDto> {
    return { versions: (await this.terms.list()).map(PublishedTermsDto.from) };
  }

  /** Publishes a new version; everybody is asked once. */
  @Post()
  @ApiCreatedResponse({ type: PublishedTermsDto })
  async publish(
    @Body() body: PublishTermsDto,
    @Audit() audit: AuditContext,
  ): Promise<PublishedTermsDto> {
    return PublishedTermsDto.from(await this.terms.publish(body, audit));
  }

  /** Withdraws the version in force: nobody is asked any more. */
  @Delete(':version')
  @HttpCode(204)
  @ApiNoContentResponse()
  withdraw(
    @Param('version', ParseIntPipe) version: number,
    @Audit() audit: AuditContext,
  ): Promise<void> {
    return this.terms.withdraw(version, audit);
  }
}
