import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type FastifyReply } from 'fastify';
import { type Observable, Subject } from 'rxjs';
import { In, IsNull, Repository } from 'typeorm';
import {
  type ChangeKind,
  ChangesService,
  type HeardChange,
} from '../../infrastructure/changes/changes.service.js';
import { type Principal } from '../../infrastructure/http/principal.js';
import { SpendingService } from '../../proxy/index.js';
import { ConversationDescriptionsService } from '../conversations/conversation-descriptions.service.js';
import { Conversation } from '../conversations/conversation.entity.js';
import { type ConversationSummaryDto } from '../conversations/conversations.dto.js';
import { OpenStreamsService } from './open-streams.service.js';
import { PersonEvents } from './person-events.js';

/**
 * Tells a person's open pages what changed, on whichever replica: here at once, elsewhere within two
 * seconds. What is told is never more than a hint to look, so that one that is lost does no harm.
 */
@Injectable()
export class ChatEventsService {
  /** Ids of conversations that were deleted, here or elsewhere. */
  readonly removed$: Observable<string>;
  private readonly removed = new Subject<string>();
  private readonly logger = new Logger(ChatEventsService.name);
  private readonly people = new Map<string, PersonEvents>();

  constructor(
    @InjectRepository(Conversation) private readonly conversations: Repository<Conversation>,
    private readonly descriptions: ConversationDescriptionsService,
    private readonly streams: OpenStreamsService,
    private readonly changes: ChangesService,
    spending: SpendingService,
  ) {
    this.removed$ = this.removed.asObservable();
    changes.heard$.subscribe((change) => this.hear(change));
    spending.spent$.subscribe((userId) => this.people.get(userId)?.budgetChanged());
  }

  /** @throws AppError rate_limit_exceeded: too many pages listen already */
  // eslint-disable-next-line @typescript-eslint/require-await -- as a handler of a route it rejects
  async follow(principal: Principal, reply: FastifyReply): Promise<void> {
    const { ownerId } = principal;
    const stream = this.streams.begin(principal, 'events', reply);
    const person = this.people.get(ownerId) ?? this.newPerson(ownerId);
    person.add(stream);
    stream.ping();
    stream.onClose(() => {
      person.delete(stream);
      if (person.isEmpty) this.people.delete(ownerId);
    });
  }

  /** A conversation is new, or its title, its place or its answers changed. */
  conversationChanged(userId: string, conversationId: string): void {
    this.publish('chat_conversation', `${userId} ${conversationId}`);
  }

  conversationRemoved(userId: string, conversationId: string): void {
    this.publish('chat_removed', `${userId} ${conversationId}`);
  }

  foldersChanged(userId: string): void {
    this.publish('chat_folders', userId);
  }

  /** Something was spent. */
  budgetChanged(userId: string): void {
    this.publish('chat_budget', userId);
  }

  private newPerson(userId: string): PersonEvents {
    const person = new PersonEvents({ summaries: (ids) => this.summaries(userId, ids) });
    this.people.set(userId, person);
    return person;
  }

  private hear({ kind, subject }: HeardChange): void {
    const [userId = '', id = ''] = subject.split(' ');
    if (kind === 'chat_removed') this.removed.next(id);
    const person = this.people.get(userId);
    if (!person) return;
    if (kind === 'chat_conversation') person.conversationChanged(id);
    else if (kind === 'chat_removed') person.conversationRemoved(id);
    else if (kind === 'chat_folders') person.foldersChanged();
    else if (kind === 'chat_budget') person.budgetChanged();
  }

  /** Told by the database to other replicas; if that is away, at least to the pages of this one. */
  private publish(kind: ChangeKind, subject: string): void {
    this.changes.publish(kind, subject).catch((error: unknown) => {
      this.logger.warn(`Other replicas were not told of a change: ${String(error)}`);
      this.changes.tellHere(kind, subject);
    });
  }

  private async summaries(
    userId: string,
    ids: readonly string[],
  ): Promise<readonly ConversationSummaryDto[]> {
    try {
      const where = { id: In([...ids]), userId, removedAt: IsNull() };
      return await this.descriptions.summary(await this.conversations.findBy(where));
    } catch (error) {
      this.logger.warn(`A page was not told of a change: ${String(error)}`);
      return [];
    }
  }
}
