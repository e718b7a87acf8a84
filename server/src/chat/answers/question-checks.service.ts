import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { type Principal } from '../../infrastructure/http/principal.js';
import { type CatalogueEntry } from '../../models/index.js';
import { ProxyService } from '../../proxy/index.js';
import { Attachment } from '../attachments/attachment.entity.js';
import { MessageAttachment } from '../attachments/message-attachment.entity.js';
import { Folder } from '../conversations/folder.entity.js';

/** Images of a question that is asked now, or of one that is there. */
type Shown =
  | { readonly attachmentIds: readonly string[]; readonly userId: string }
  | { readonly messageId: string };

/** What has to be right before anything of a question is written. */
@Injectable()
export class QuestionChecksService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly proxy: ProxyService,
  ) {}

  /** @throws AppError invalid_request */
  expectQuestion(content: string, attachmentIds: readonly string[]): void {
    if (content.includes('\0')) {
      throw new AppError('invalid_request', 'A text has a NUL character in it. Send it without.');
    }
    if (content.trim() !== '' || attachmentIds.length > 0) return;
    throw new AppError(
      'invalid_request',
      'The question is empty. Write something, or attach a file.',
      {
        param: 'content',
      },
    );
  }

  /** @throws AppError model_not_found, permission_denied, acknowledgement_required */
  async admit(principal: Principal, models: readonly string[]): Promise<CatalogueEntry[]> {
    const entries: CatalogueEntry[] = [];
    for (const model of models) entries.push(await this.proxy.admit(principal, model));
    return entries;
  }

  /** A question with images is for models that see. @throws AppError invalid_request */
  async expectSight(entries: readonly CatalogueEntry[], shown: Shown): Promise<void> {
    const blind = entries.find(({ inputModalities }) => !inputModalities.includes('image'));
    if (!blind) return;
    const image = await this.firstImage(shown);
    if (image === null) return;
    throw new AppError(
      'invalid_request',
      `The model "${blind.id}" cannot read images, and "${image}" is one. Choose a model that can, or take the image out.`,
      { param: 'models', details: { model: blind.id, attachment: image } },
    );
  }

  /** @throws AppError not_found */
  async ownFolder(userId: string, id: string | null): Promise<string | null> {
    if (id === null) return null;
    const folder = await this.dataSource.manager.findOneBy(Folder, {
      id: id.toLowerCase(),
      userId,
    });
    if (folder) return folder.id;
    throw new AppError('not_found', 'There is no folder of yours with this id. It may be deleted.');
  }

  /** What a conversation without words is named after. */
  async nameOfFirst(userId: string, [id]: readonly string[]): Promise<string | null> {
    if (id === undefined) return null;
    const where = { id: id.toLowerCase(), userId };
    const attachment = await this.dataSource.manager.findOneBy(Attachment, where);
    return attachment?.name ?? null;
  }

  private async firstImage(shown: Shown): Promise<string | null> {
    const { manager } = this.dataSource;
    const images = { kind: 'image' } as const;
    if ('attachmentIds' in shown) {
      const ids = shown.attachmentIds.map((id) => id.toLowerCase());
      if (ids.length === 0) return null;
      const where = { ...images, id: In(ids), userId: shown.userId };
      return (await manager.findOneBy(Attachment, where))?.name ?? null;
    }
    const attached = await manager.findBy(MessageAttachment, { messageId: shown.messageId });
    const ids = attached.map(({ attachmentId }) => attachmentId);
    if (ids.length === 0) return null;
    return (await manager.findOneBy(Attachment, { ...images, id: In(ids) }))?.name ?? null;
  }
}
