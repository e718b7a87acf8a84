import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { newId } from '../../infrastructure/crypto/identifiers.js';
import { placeholders } from '../../infrastructure/database/placeholders.js';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { AttachmentsService } from '../attachments/attachments.service.js';
import { MessageBranchesService } from '../messages/message-branches.service.js';
import { Message } from '../messages/message.entity.js';
import { noMessage } from '../messages/message-tree.service.js';
import { SearchIndexService } from '../search/search-index.service.js';
import { Conversation } from './conversation.entity.js';
import { OwnedConversationsService } from './owned-conversations.service.js';

const ROWS_AT_ONCE = 200;

/** Begins conversations with what was said in others. */
@Injectable()
export class ConversationForksService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly owned: OwnedConversationsService,
    private readonly branches: MessageBranchesService,
    private readonly attachments: AttachmentsService,
    private readonly index: SearchIndexService,
    private readonly clock: ClockService,
  ) {}

  /**
   * A new conversation with the branch up to this message; the old one stays as it is.
   * @throws AppError not_found; conflict: a message of it is still being written
   */
  fork(userId: string, id: string, messageId: string): Promise<Conversation> {
    return this.dataSource.transaction(async (manager) => {
      const original = await this.owned.lock(userId, id, manager);
      const ids = await this.branches.up(id, messageId.toLowerCase(), { manager });
      if (ids.length === 0) throw noMessage();
      return this.copy(manager, original, ids.reverse());
    });
  }

  private async copy(
    manager: EntityManager,
    original: Conversation,
    messageIds: readonly string[],
  ): Promise<Conversation> {
    const copies = new Map(messageIds.map((id) => [id, newId()]));
    const now = this.clock.now();
    const fork = manager.create(Conversation, {
      ...original,
      id: newId(),
      isPinned: false,
      isArchived: false,
      currentMessageId: copies.get(messageIds.at(-1)!)!,
      createdAt: now,
      updatedAt: now,
    });
    await manager.insert(Conversation, fork);
    await this.copyMessages(manager, fork.id, copies);
    await expectWritten(manager, fork.id);
    const place = { userId: fork.userId, conversationId: fork.id };
    await this.attachments.copy(manager, place, copies);
    await this.index.putTitle(manager, place, fork.title);
    await this.index.putStored(manager, place, [...copies.values()]);
    return fork;
  }

  /** Inside the database: the texts never leave it. */
  private async copyMessages(
    manager: EntityManager,
    conversationId: string,
    copies: ReadonlyMap<string, string>,
  ): Promise<void> {
    let parentId: string | null = null;
    const rows: [string, string, string | null][] = [];
    for (const [original, copy] of copies) {
      rows.push([original, copy, parentId]);
      parentId = copy;
    }
    for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
      const some = rows.slice(start, start + ROWS_AT_ONCE);
      const sql = placeholders(this.dataSource, copyStatement(some.length));
      await manager.query(sql, [...some.flat(), conversationId]);
    }
  }
}

/** Looked for in the copy: in the original an answer may begin to go on until it is copied. */
async function expectWritten(manager: EntityManager, conversationId: string): Promise<void> {
  if (!(await manager.existsBy(Message, { conversationId, state: 'writing' }))) return;
  throw new AppError(
    'conflict',
    'An answer of it is still being written, so a copy would lack the rest. Wait for it, or stop it first.',
  );
}

/** What is the same in a copy. Not its cost: it was paid once. */
const COPIED = `role, content, reasoning, model, state, finish_reason, error_code, error_message,
  request_id, prompt_tokens, completion_tokens, cached_tokens, reasoning_tokens, is_estimated,
  first_token_ms, thinking_ms, duration_ms, created_at`;

const copyStatement = (count: number) => `
WITH copies (original_id, copy_id, copy_parent_id) AS (
  VALUES ${Array.from({ length: count }, () => '(CAST(? AS VARCHAR), CAST(? AS VARCHAR), CAST(? AS VARCHAR))').join(', ')}
)
INSERT INTO messages (id, parent_id, conversation_id, ${COPIED})
SELECT copies.copy_id, copies.copy_parent_id, CAST(? AS VARCHAR), ${COPIED}
FROM copies CROSS JOIN messages WHERE messages.id = copies.original_id`;
