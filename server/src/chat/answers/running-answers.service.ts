import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In } from 'typeorm';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { rowLock } from '../../infrastructure/database/row-lock.js';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { ReplicaService } from '../../infrastructure/replicas/replica.service.js';
import { Conversation } from '../conversations/conversation.entity.js';
import { Message } from '../messages/message.entity.js';
import { SearchIndexService } from '../search/search-index.service.js';
import { type AnswerDraft } from './answer-draft.js';
import { type AnswerMetrics } from './answer-metrics.js';
import { type AnswerOutcome, STOPPED } from './answer-outcome.js';
import { type TextPiece } from './followed-text.js';
import { RunningAnswer } from './running-answer.entity.js';

/** Until the transaction ends; on SQLite there is one transaction at a time. */
const LOCK_PERSON = "SELECT pg_advisory_xact_lock(hashtextextended('running_answers ' || $1, 0))";

/** Answers of one person that may be written at a time. */
const MOST_AT_ONCE = 4;

export type AnswerEnd = AnswerOutcome & Partial<AnswerMetrics> & Partial<TextPiece>;

/** Whose answer it is, and where it stands. */
export interface AnswerPlace {
  readonly id: string;
  readonly conversationId: string;
  readonly userId: string;
}

/**
 * The rows of answers that are being written. Whoever deletes the row of one may say how it ended, so
 * that an answer ends once: by the process that writes it, by one that stops it, or by one that found
 * that process dead.
 */
@Injectable()
export class RunningAnswersService {
  private readonly isPostgres: boolean;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: ClockService,
    private readonly replicas: ReplicaService,
    private readonly index: SearchIndexService,
  ) {
    this.isPostgres = dataSource.options.type === 'postgres';
  }

  /**
   * Notes that this process will write these answers, in the transaction that makes them, and last in
   * it: nobody else of this person can begin any until it ends.
   * @throws AppError rate_limit_exceeded
   */
  async begin(manager: EntityManager, userId: string, ids: readonly string[]): Promise<void> {
    if (this.isPostgres) await manager.query(LOCK_PERSON, [userId]);
    const running = await manager.countBy(RunningAnswer, { userId });
    if (running + ids.length > MOST_AT_ONCE) throw tooManyAtOnce();
    const startedAt = this.clock.now();
    const replicaId = this.replicas.id;
    await manager.insert(
      RunningAnswer,
      ids.map((id) => ({ id, replicaId, userId, startedAt })),
    );
  }

  /**
   * An answer that has ended goes on, and this process writes it. False: somebody else was faster.
   * `finishReason` is what the message says meanwhile.
   */
  resume(message: Message, userId: string, finishReason: string | null): Promise<boolean> {
    const { id, state } = message;
    const written = {
      state: 'writing',
      finishReason,
      errorCode: null,
      errorMessage: null,
    } as const;
    return this.dataSource.transaction(async (manager) => {
      const { affected } = await manager.update(Message, { id, state }, written);
      if (!affected) return false;
      await this.begin(manager, userId, [id]);
      return true;
    });
  }

  /** Writes down how far these have come. Answers those that are not this process's any more. */
  checkpoint(drafts: readonly AnswerDraft[]): Promise<AnswerDraft[]> {
    return this.dataSource.transaction(async (manager) => {
      const where = { id: In(drafts.map(({ id }) => id)), replicaId: this.replicas.id };
      const rows = await manager.find(RunningAnswer, { where, ...rowLock(manager) });
      const own = new Set(rows.map(({ id }) => id));
      for (const { id, text } of drafts) {
        if (own.has(id)) await manager.update(Message, { id }, text.whole());
      }
      return drafts.filter(({ id }) => !own.has(id));
    });
  }

  /**
   * Writes down how an answer ended. False: that has been said already. `replicaId`: of the process
   * that wrote it; this one unless said otherwise.
   */
  end(place: AnswerPlace, end: AnswerEnd, replicaId = this.replicas.id): Promise<boolean> {
    const { id, conversationId, userId } = place;
    return this.dataSource.transaction(async (manager) => {
      const { affected } = await manager.delete(RunningAnswer, { id, replicaId });
      if (!affected) return false;
      await manager.update(Message, { id }, end);
      await manager.update(Conversation, { id: conversationId }, { updatedAt: this.clock.now() });
      const content = end.content ?? (await this.contentOf(manager, id));
      if (content !== '') {
        await this.index.putMessage(manager, { userId, conversationId }, { id, content });
      }
      return true;
    });
  }

  /** Stops an answer that says it is being written, though nobody does. */
  async endOrphan({ id }: AnswerPlace): Promise<void> {
    await this.dataSource.manager
      .createQueryBuilder()
      .update(Message)
      .set(STOPPED)
      .where({ id, state: 'writing' })
      .andWhere('NOT EXISTS (SELECT 1 FROM running_answers WHERE running_answers.id = messages.id)')
      .execute();
  }

  /** Who writes it; null: nobody does. */
  async writerOf(id: string): Promise<string | null> {
    const row = await this.dataSource.manager.findOneBy(RunningAnswer, { id });
    return row?.replicaId ?? null;
  }

  /** Answers that these processes did not end. */
  async leftBy(
    replicaIds: readonly string[],
    most: number,
  ): Promise<(AnswerPlace & { replicaId: string })[]> {
    return this.dataSource.manager
      .createQueryBuilder(RunningAnswer, 'running')
      .innerJoin(Message, 'message', 'message.id = running.id')
      .select('running.id', 'id')
      .addSelect('running.userId', 'userId')
      .addSelect('running.replicaId', 'replicaId')
      .addSelect('message.conversationId', 'conversationId')
      .where({ replicaId: In([...replicaIds]) })
      .limit(most)
      .getRawMany();
  }

  private async contentOf(manager: EntityManager, id: string): Promise<string> {
    const message = await manager.findOne(Message, { select: { content: true }, where: { id } });
    return message?.content ?? '';
  }
}

function tooManyAtOnce(): AppError {
  return new AppError(
    'rate_limit_exceeded',
    `${MOST_AT_ONCE} answers are being written for you, which is as many as can be at a time. Wait until one has ended, or stop one.`,
    { retryAfterS: 5, details: { limit: MOST_AT_ONCE } },
  );
}
