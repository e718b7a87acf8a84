import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, Repository } from 'typeorm';
import { ConfigurationService } from '../../config/configuration.service.js';
import { SecretCipher, UnreadableSecretError } from '../../infrastructure/crypto/secret-cipher.js';
import { placeholders } from '../../infrastructure/database/placeholders.js';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { AttachmentPart } from './attachment-part.entity.js';
import { type Attachment } from './attachment.entity.js';

type Content = AttachmentPart['content'];
type Kept = Pick<Attachment, 'id' | 'contentId' | 'name'>;

/** Sealing one takes well under a millisecond, so that nobody else waits for it. */
const PIECE_BYTES = 256 * 1024;
const PIECES_AT_ONCE = 2;

/** What is in attachments: in the database, in pieces, each sealed and bound to its place. */
@Injectable()
export class AttachmentContentsService {
  private readonly cipher: SecretCipher;

  constructor(
    configuration: ConfigurationService,
    @InjectRepository(AttachmentPart) private readonly parts: Repository<AttachmentPart>,
  ) {
    this.cipher = SecretCipher.configured(configuration.current.app);
  }

  /** Puts content into the database as it comes, in statements of their own: nothing waits for it. */
  async keep(
    id: string,
    content: Content,
    chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
  ): Promise<void> {
    let rows: AttachmentPart[] = [];
    let position = 0;
    for await (const piece of piecesOf(chunks)) {
      const sealed = this.cipher.sealBytes(piece, placeOfPiece(id, content, position));
      rows.push({ attachmentId: id, content, position, sealed });
      position += 1;
      if (rows.length < PIECES_AT_ONCE) continue;
      await this.parts.insert(rows);
      rows = [];
    }
    if (rows.length > 0) await this.parts.insert(rows);
  }

  /**
   * Opened, a piece at a time, of `bytes` in all if that is known.
   * @throws AppError conflict: it cannot be read any more
   */
  async *open(of: Kept, content: Content, bytes?: number): AsyncGenerator<Buffer> {
    let opened = 0;
    for (let position = 0; bytes === undefined || opened < bytes; position += 1) {
      const where = { attachmentId: of.id, content, position };
      const part = await this.parts.findOne({ where, select: { sealed: true } });
      if (part === null) break;
      const piece = this.openPiece(of, part.sealed, placeOfPiece(of.contentId, content, position));
      opened += piece.length;
      yield piece;
    }
    if (bytes !== undefined && opened !== bytes) throw unreadable(of.name);
  }

  /** All of it. @throws AppError conflict: it cannot be read any more */
  async openWhole(of: Kept, content: Content, bytes?: number): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for await (const piece of this.open(of, content, bytes)) pieces.push(piece);
    return Buffer.concat(pieces);
  }

  /** What a model is told of one that has text. @throws AppError conflict: it cannot be read any more */
  async openText(of: Kept & Pick<Attachment, 'textChars'>): Promise<string> {
    const text = (await this.openWhole(of, 'text')).toString('utf8');
    if (text.length !== of.textChars) throw unreadable(of.name);
    return text;
  }

  /** Gives one attachment what another has, as it is sealed. */
  async copy(manager: EntityManager, fromId: string, toId: string): Promise<void> {
    await manager.query(placeholders(manager.dataSource, COPY), [toId, fromId]);
  }

  private openPiece({ name }: Kept, sealed: string, place: string): Buffer {
    try {
      return this.cipher.openBytes(sealed, place);
    } catch (error) {
      if (error instanceof UnreadableSecretError) throw unreadable(name, error);
      throw error;
    }
  }
}

const COPY =
  'INSERT INTO attachment_parts (attachment_id, content, position, sealed) ' +
  'SELECT ?, content, position, sealed FROM attachment_parts WHERE attachment_id = ?';

/** What a piece of an attachment is bound to. */
export function placeOfPiece(contentId: string, content: Content, position: number): string {
  return `attachment:${contentId}:${content}:${position}`;
}

/** Cut and joined to pieces of one size. */
async function* piecesOf(chunks: AsyncIterable<Buffer> | Iterable<Buffer>): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    waiting.push(chunk);
    bytes += chunk.length;
    if (bytes < PIECE_BYTES) continue;
    const joined = Buffer.concat(waiting);
    let at = 0;
    for (; at + PIECE_BYTES <= joined.length; at += PIECE_BYTES) {
      yield joined.subarray(at, at + PIECE_BYTES);
    }
    waiting = [joined.subarray(at)];
    bytes = joined.length - at;
  }
  if (bytes > 0) yield Buffer.concat(waiting);
}

function unreadable(name: string, cause?: unknown): AppError {
  const message =
    `"${name}" cannot be read any more: it was sealed with a key that this server no longer has. ` +
    'Attach the file again.';
  return new AppError('conflict', message, { cause });
}
