import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository, type SelectQueryBuilder } from 'typeorm';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { Conversation } from '../conversations/conversation.entity.js';
import { OwnedConversationsService } from '../conversations/owned-conversations.service.js';
import { CHAT_PEOPLE, type ChatPeople } from './chat-people.js';
import { SharedConversation } from './shared-conversation.entity.js';
import { type SharedMessage } from './shared-message.js';
import { type ShareDto, type SharedConversationDto, type ShareListDto } from './sharing.dto.js';
import { SnapshotsService } from './snapshots.service.js';

/** Snapshots of conversations that others may read. */
@Injectable()
export class SharesService {
  constructor(
    @InjectRepository(SharedConversation) private readonly shares: Repository<SharedConversation>,
    private readonly owned: OwnedConversationsService,
    private readonly snapshots: SnapshotsService,
    @Inject(CHAT_PEOPLE) private readonly people: ChatPeople,
    private readonly clock: ClockService,
  ) {}

  /** Those that can be read now, newest first; without their messages. */
  async list(userId: string): Promise<ShareListDto> {
    const shares = await this.readable()
      .select(LISTED.map((column) => `share.${column}`))
      .andWhere('share.userId = :userId', { userId })
      .orderBy({ 'share.updatedAt': 'DESC', 'share.id': 'DESC' })
      .getMany();
    return { shares: shares.map(asDto) };
  }

  /**
   * Shares the branch that is shown, as it is now; what was shared before is renewed, at its address.
   * @throws AppError not_found, invalid_request: nothing is there to be shared
   */
  async share(userId: string, conversationId: string): Promise<ShareDto> {
    const conversation = await this.owned.find(userId, conversationId);
    const snapshot = await this.snapshots.of(conversation);
    return this.shares.manager.transaction(async (manager) => {
      const { title } = await this.owned.lock(userId, conversationId, manager);
      const existing = await manager.findOneBy(SharedConversation, { conversationId });
      const share = existing ?? this.blank(userId, conversationId);
      const updatedAt = this.clock.now();
      Object.assign(share, { title, snapshot, messages: snapshot.length, updatedAt });
      return asDto(await manager.save(share));
    });
  }

  /** Nobody can read it from then on. @throws AppError not_found */
  async revoke(userId: string, id: string): Promise<void> {
    const { affected } = await this.shares.delete({ id, userId });
    if (!affected) throw notShared();
  }

  /**
   * For whoever is signed in.
   * @throws AppError not_found: not shared any more, deleted, or its owner is deactivated
   */
  async read(readerId: string, id: string): Promise<SharedConversationDto> {
    const share = await this.readable().andWhere('share.id = :id', { id }).getOne();
    const sharedBy = share && (await this.people.nameOf(share.userId));
    if (!share || sharedBy === null) throw notShared();
    return {
      title: share.title,
      sharedBy,
      isMine: share.userId === readerId,
      updatedAt: share.updatedAt.toISOString(),
      messages: share.snapshot.map(asMessageDto),
    };
  }

  private blank(userId: string, conversationId: string): SharedConversation {
    // Nothing in it may be guessed: whoever has it may read.
    const id = randomUUID();
    return this.shares.create({ id, userId, conversationId, createdAt: this.clock.now() });
  }

  private readable(): SelectQueryBuilder<SharedConversation> {
    return this.shares
      .createQueryBuilder('share')
      .innerJoin(Conversation, 'conversation', 'conversation.id = share.conversationId')
      .where('conversation.removedAt IS NULL');
  }
}

const LISTED = ['id', 'conversationId', 'title', 'messages', 'createdAt', 'updatedAt'] as const;

const asDto = (share: SharedConversation): ShareDto => ({
  id: share.id,
  conversationId: share.conversationId,
  title: share.title,
  messages: share.messages,
  createdAt: share.createdAt.toISOString(),
  updatedAt: share.updatedAt.toISOString(),
});

const asMessageDto = ({ attachments, ...message }: SharedMessage) => ({
  ...message,
  attachments: [...attachments],
});

const notShared = () =>
  new AppError(
    'not_found',
    'Nothing is shared at this address. It may have been revoked; ask whoever gave it to you.',
  );
