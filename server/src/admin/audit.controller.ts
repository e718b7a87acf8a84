import { Readable } from 'node:stream';
import { Controller, Get, Header, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Accepts, Roles } from '../infrastructure/http/route-access.js';
import { AuditExportService } from './audit-export.service.js';
import { AuditPageDto, ListAuditDto } from './audit.dto.js';

@ApiTags('Administration: audit log')
@Controller('api/admin/audit')
@Accepts('session')
@Roles('admin', 'auditor')
export class AuditController {
  constructor(private readonly audit: AuditExportService) {}

  @Get()
  @ApiOkResponse({ type: AuditPageDto })
  list(@Query() query: ListAuditDto): Promise<AuditPageDto> {
    return this.audit.page(query);
  }

  /** Everything the filter leaves, oldest first; `page`, `sort` and `search` do not matter. */
  @Get('export')
  @ApiProduces('text/csv')
  @ApiOkResponse({ description: 'One line an entry.' })
  @Header('content-type', 'text/csv; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="audit-log.csv"')
  async export(@Query() query: ListAuditDto): Promise<StreamableFile> {
    return new StreamableFile(Readable.from(await this.audit.csv(query)));
  }
}
