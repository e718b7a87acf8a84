import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Principal } from '../../infrastructure/http/principal.js';
import { Accepts, CurrentPrincipal } from '../../infrastructure/http/route-access.js';
import { UuidParam } from '../conversations/uuid-param.js';
import { ExportService } from './export.service.js';
import { ImportService } from './import.service.js';
import { ExportConversationDto, ImportResultDto } from './transfer.dto.js';

@ApiTags('Conversations')
@Controller('chat')
@Accepts('session')
export class TransferController {
  constructor(
    private readonly exports: ExportService,
    private readonly imports: ImportService,
  ) {}

  /** As a file: Markdown of the branch that is shown, or JSON of all branches. */
  @Get('conversations/:id/export')
  @ApiProduces('text/markdown', 'application/json')
  @ApiOkResponse({ description: 'A file.' })
  exportOne(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', UuidParam) id: string,
    @Query() query: ExportConversationDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.exports.one(ownerId, { id, format: query.format }, reply);
  }

  /** All conversations, folders, presets and attachments of the caller. */
  @Get('export')
  @ApiProduces('application/zip')
  @ApiOkResponse({ description: 'A ZIP file, while it is made.' })
  exportAll(@CurrentPrincipal() principal: Principal, @Res() reply: FastifyReply): Promise<void> {
    return this.exports.all(principal, reply);
  }

  /** Conversations of another product: what Open WebUI or ChatGPT exports, or Lumen itself. */
  @Post('imports')
  @HttpCode(200)
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } },
  })
  @ApiOkResponse({ type: ImportResultDto })
  import(
    @CurrentPrincipal() { ownerId }: Principal,
    @Req() request: FastifyRequest,
  ): Promise<ImportResultDto> {
    return this.imports.take(ownerId, request);
  }
}
