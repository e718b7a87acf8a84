import { Controller, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { Accepts } from '../infrastructure/http/route-access.js';
import { AudioService } from './audio/audio.service.js';
import { AUDIO_TRANSCRIPTIONS, AUDIO_TRANSLATIONS } from './operations.js';

const FORM = {
  schema: {
    type: 'object',
    properties: { file: { type: 'string', format: 'binary' }, model: { type: 'string' } },
    required: ['file'],
    additionalProperties: true,
  },
};

@ApiTags('OpenAI-compatible')
@ApiBearerAuth()
@Controller('v1/audio')
@Accepts('api_key')
export class V1AudioController {
  constructor(private readonly audio: AudioService) {}

  @Post('transcriptions')
  @ApiConsumes('multipart/form-data')
  @ApiBody({ ...FORM, description: "OpenAI's request for a transcription." })
  @ApiOkResponse({
    description:
      'The transcription as `response_format` says, or its pieces as server-sent events with `stream`.',
  })
  transcribe(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.audio.answer(AUDIO_TRANSCRIPTIONS, request, reply);
  }

  @Post('translations')
  @ApiConsumes('multipart/form-data')
  @ApiBody({ ...FORM, description: "OpenAI's request for a translation into English." })
  @ApiOkResponse({ description: 'The translation as `response_format` says.' })
  translate(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.audio.answer(AUDIO_TRANSLATIONS, request, reply);
  }
}
