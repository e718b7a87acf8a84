import { Injectable } from '@nestjs/common';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { AttachmentsService } from '../attachments/attachments.service.js';
import { type Conversation } from '../conversations/conversation.entity.js';
import { type Message, type MessageState } from '../messages/message.entity.js';
import { MessageTreeService } from '../messages/message-tree.service.js';
import { type SharedMessage } from './shared-message.js';

/** Of all texts together. */
const MOST_CHARS = 10_000_000;
const SHARED: ReadonlySet<MessageState> = new Set(['complete', 'stopped', 'interrupted']);

/** What others may see of a conversation. */
@Injectable()
export class SnapshotsService {
  constructor(
    private readonly tree: MessageTreeService,
    private readonly attachments: AttachmentsService,
  ) {}

  /** The branch that is shown, as it is now. @throws AppError invalid_request: empty, or too long */
  async of({ id, currentMessageId }: Conversation): Promise<SharedMessage[]> {
    const branch = currentMessageId === null ? [] : await this.tree.branchTo(id, currentMessageId);
    const shared = branch.filter(({ state }) => SHARED.has(state));
    if (shared.length === 0) throw nothingToShare();
    if (charsOf(shared) > MOST_CHARS) throw tooLong();
    const attached = await this.attachments.describe(shared.map((message) => message.id));
    return shared.map(({ id: messageId, role, content, model }) => ({
      role,
      content,
      model,
      attachments: attached.get(messageId)?.map(({ name }) => name) ?? [],
    }));
  }
}

const charsOf = (messages: readonly Message[]) =>
  messages.reduce((sum, { content }) => sum + content.length, 0);

const nothingToShare = () =>
  new AppError(
    'invalid_request',
    'There is nothing to share in this conversation yet. Wait for its first answer.',
  );

const tooLong = () =>
  new AppError(
    'invalid_request',
    'This conversation is too long to be shared as a page. Export it, and send the file instead.',
  );
