import { Controller, Delete, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Principal } from '../../infrastructure/http/principal.js';
import { Accepts, CurrentPrincipal } from '../../infrastructure/http/route-access.js';
import { UuidParam } from '../conversations/uuid-param.js';
import { AttachmentDto } from './attachments.dto.js';
import { AttachmentsService } from './attachments.service.js';

@ApiTags('Conversations')
@Controller('chat/attachments')
@Accepts('session')
export class AttachmentsController {
  constructor(private readonly attachments: AttachmentsService) {}

  /** It belongs to no question yet; what nobody asks about within a day is deleted. */
  @Post()
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } },
  })
  @ApiCreatedResponse({ type: AttachmentDto })
  upload(
    @CurrentPrincipal() { ownerId }: Principal,
    @Req() request: FastifyRequest,
  ): Promise<AttachmentDto> {
    return this.attachments.upload(ownerId, request);
  }

  @Get(':id/content')
  @ApiOkResponse({
    description: 'The file as it was given; images may be shown, others are saved.',
  })
  download(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', UuidParam) id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.attachments.download(ownerId, id, reply);
  }

  /** Of one that no question has yet; others go with their conversation. */
  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse()
  remove(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', UuidParam) id: string,
  ): Promise<void> {
    return this.attachments.remove(ownerId, id);
  }
}
