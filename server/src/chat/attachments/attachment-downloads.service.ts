import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { type FastifyReply } from 'fastify';
import { begun } from '../../infrastructure/collections/begun.js';
import { contentDisposition } from '../../infrastructure/http/content-disposition.js';
import { AttachmentContentsService } from './attachment-contents.service.js';
import { type Attachment } from './attachment.entity.js';

/** What somebody gave to Lumen can be anything: it never becomes a page of Lumen's. */
const POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'";
const CACHING = 'private, no-cache';

/** Sends files back to those who gave them. */
@Injectable()
export class AttachmentDownloadsService {
  constructor(private readonly contents: AttachmentContentsService) {}

  /** Piece by piece, as fast as it is taken. @throws AppError conflict: it cannot be read any more */
  async send(attachment: Attachment, reply: FastifyReply): Promise<void> {
    const etag = `"${attachment.contentId}"`;
    reply.headers({
      etag,
      'cache-control': CACHING,
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
    });
    if (reply.request.headers['if-none-match'] === etag) {
      reply.code(304).send();
      return;
    }
    const pieces = await begun(this.contents.open(attachment, 'file', attachment.size));
    reply.headers({
      'content-type': attachment.mediaType,
      'content-length': attachment.size,
      'content-disposition': dispositionOf(attachment),
    });
    reply.send(Readable.from(pieces, { objectMode: false }));
  }
}

/** Images may be shown, others are saved. */
function dispositionOf({ kind, name }: Attachment): string {
  return contentDisposition(kind === 'image' ? 'inline' : 'attachment', name);
}
