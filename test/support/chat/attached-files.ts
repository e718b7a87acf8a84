import { AttachmentContentsService } from '../../../server/src/chat/attachments/attachment-contents.service.js';
import { Attachment } from '../../../server/src/chat/attachments/attachment.entity.js';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import { type TestApplication } from '../lumen/application.js';

export interface GivenFile extends Partial<Attachment> {
  readonly bytes?: Buffer;
  /** What a model is told; none of an image. */
  readonly text?: string;
}

/** A file as if somebody had attached it, with no question yet; a text unless `file` says otherwise. */
export async function giveFile(
  app: TestApplication,
  userId: string,
  { bytes, text, ...details }: GivenFile = {},
): Promise<Attachment> {
  const id = newId();
  const isImage = details.kind === 'image';
  const told = isImage ? undefined : (text ?? 'What is in it');
  const content = bytes ?? Buffer.from(told ?? 'pixels');
  const repository = app.dataSource.getRepository(Attachment);
  const attachment = repository.create({
    id,
    userId,
    conversationId: null,
    contentId: id,
    name: isImage ? 'photo.png' : 'notes.txt',
    kind: 'text',
    mediaType: isImage ? 'image/png' : 'text/plain',
    size: content.length,
    textChars: told?.length ?? null,
    isCut: false,
    tokens: 4,
    createdAt: new Date(),
    ...details,
  });
  await repository.insert(attachment);
  const contents = app.context.get(AttachmentContentsService);
  await contents.keep(id, 'file', [content]);
  if (told !== undefined) await contents.keep(id, 'text', [Buffer.from(told)]);
  return attachment;
}
