import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, MoreThan, Repository } from 'typeorm';
import { AttachmentsService } from '../attachments/attachments.service.js';
import { Conversation } from '../conversations/conversation.entity.js';
import { Folder } from '../conversations/folder.entity.js';
import { MessageBranchesService } from '../messages/message-branches.service.js';
import { Message } from '../messages/message.entity.js';
import { MessageTreeService } from '../messages/message-tree.service.js';
import { type ExportedConversation, type ExportedMessage } from './exported-conversation.js';

/** Answers can be long: so many are in memory at a time. */
const MESSAGES_AT_ONCE = 20;
const CONVERSATIONS_AT_ONCE = 100;

/** Reads conversations for export, a few messages at a time. */
@Injectable()
export class ExportedConversationsService {
  constructor(
    @InjectRepository(Conversation) private readonly conversations: Repository<Conversation>,
    @InjectRepository(Folder) private readonly folders: Repository<Folder>,
    @InjectRepository(Message) private readonly messages: Repository<Message>,
    private readonly branches: MessageBranchesService,
    private readonly tree: MessageTreeService,
    private readonly attachments: AttachmentsService,
  ) {}

  /** All that a person has, what is archived included; by id. */
  async *all(userId: string): AsyncGenerator<Conversation> {
    let after = '';
    for (;;) {
      const page = await this.conversations.find({
        where: { userId, removedAt: IsNull(), id: MoreThan(after) },
        order: { id: 'ASC' },
        take: CONVERSATIONS_AT_ONCE,
      });
      yield* page;
      if (page.length < CONVERSATIONS_AT_ONCE) return;
      after = page.at(-1)!.id;
    }
  }

  /** The names of a person's folders, by id. */
  async folderNames(userId: string): Promise<ReadonlyMap<string, string>> {
    const folders = await this.folders.findBy({ userId });
    return new Map(folders.map(({ id, name }) => [id, name]));
  }

  /** With the branch that is shown. */
  shown(conversation: Conversation): ExportedConversation {
    return { conversation, folder: null, messages: this.branch(conversation) };
  }

  /** With all branches, the oldest message first. */
  whole(conversation: Conversation, folders: ReadonlyMap<string, string>): ExportedConversation {
    const { folderId } = conversation;
    const folder = folderId === null ? null : (folders.get(folderId) ?? null);
    return { conversation, folder, messages: this.everything(conversation) };
  }

  private async *branch({ id, currentMessageId }: Conversation): AsyncGenerator<ExportedMessage> {
    if (currentMessageId === null) return;
    const ids = await this.branches.up(id, currentMessageId);
    yield* this.read(ids.reverse());
  }

  private async *everything({ id }: Conversation): AsyncGenerator<ExportedMessage> {
    const rows = await this.messages.find({
      select: { id: true },
      where: { conversationId: id },
      order: { createdAt: 'ASC', id: 'ASC' },
    });
    yield* this.read(rows.map((row) => row.id));
  }

  /** What is still being written is left out. */
  private async *read(ids: readonly string[]): AsyncGenerator<ExportedMessage> {
    for (let at = 0; at < ids.length; at += MESSAGES_AT_ONCE) {
      const some = ids.slice(at, at + MESSAGES_AT_ONCE);
      const attached = await this.attachments.describe(some);
      for (const message of await this.tree.inOrder(some)) {
        if (message.state === 'writing') continue;
        yield { message, attachments: attached.get(message.id) ?? [] };
      }
    }
  }
}
