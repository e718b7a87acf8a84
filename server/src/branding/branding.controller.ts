import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { AppError } from '../infrastructure/errors/app-error.js';
import { Public } from '../infrastructure/http/route-access.js';
import { PicturesService } from './pictures.service.js';

/** Nothing in a picture runs or loads anything, also where it is opened by itself. */
const PICTURE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

@ApiExcludeController()
@Controller('branding')
export class BrandingController {
  constructor(private readonly pictures: PicturesService) {}

  /** The sign-in page shows them, too. Their address is made from what is in them. */
  @Get(':name')
  @Public()
  picture(@Param('name') name: string, @Res() reply: FastifyReply): void {
    const picture = this.pictures.find(name);
    if (!picture) throw new AppError('not_found', 'There is no such picture.');
    void reply
      .header('content-type', picture.mediaType)
      .header('content-security-policy', PICTURE_POLICY)
      .header('cache-control', 'public, max-age=31536000, immutable')
      .send(picture.bytes);
  }
}
