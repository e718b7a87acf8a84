import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { type FastifyReply } from 'fastify';
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
    const pieces = this.contents.open(attachment, 'file', attachment.size);
    // What cannot be opened is told as an error, not as a file that breaks off.
    const first = await pieces.next();
    reply.headers({
      'content-type': attachment.mediaType,
      'content-length': attachment.size,
      'content-disposition': dispositionOf(attachment),
    });
    reply.send(Readable.from(following(first, pieces), { objectMode: false }));
  }
}

async function* following(
  first: IteratorResult<Buffer>,
  pieces: AsyncGenerator<Buffer>,
): AsyncGenerator<Buffer> {
  if (!first.done) yield first.value;
  yield* pieces;
}

/** Images may be shown, others are saved. */
function dispositionOf({ kind, name }: Attachment): string {
  return contentDisposition(kind === 'image' ? 'inline' : 'attachment', name);
}
