import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, IsNull, Repository } from 'typeorm';
import { rowLock } from '../../infrastructure/database/row-lock.js';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { Conversation } from './conversation.entity.js';

/** The one door to a conversation: what is another person's, or deleted, is not there. */
@Injectable()
export class OwnedConversationsService {
  constructor(
    @InjectRepository(Conversation) private readonly conversations: Repository<Conversation>,
  ) {}

  /** @throws AppError not_found, whether it never was, is deleted, or is another person's */
  async find(
    userId: string,
    id: string,
    manager: EntityManager = this.conversations.manager,
  ): Promise<Conversation> {
    const where = { id, userId, removedAt: IsNull() };
    return found(await manager.findOne(Conversation, { where }));
  }

  /** As `find`; nobody else changes it or its tree until the transaction ends. */
  async lock(userId: string, id: string, manager: EntityManager): Promise<Conversation> {
    const where = { id, userId, removedAt: IsNull() };
    return found(await manager.findOne(Conversation, { where, ...rowLock(manager) }));
  }
}

/** @throws AppError not_found */
export function found(conversation: Conversation | null): Conversation {
  if (conversation) return conversation;
  throw new AppError(
    'not_found',
    'There is no conversation of yours with this id. It may have been deleted; the list shows those you have.',
  );
}
