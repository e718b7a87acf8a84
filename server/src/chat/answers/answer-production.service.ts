import { setTimeout as pause } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnModuleDestroy,
} from '@nestjs/common';
import { ChangesService } from '../../infrastructure/changes/changes.service.js';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { ChatEventsService } from '../events/chat-events.service.js';
import { TitlesService } from '../titles/titles.service.js';
import { AnswerDraft } from './answer-draft.js';
import { addMetrics, metricsOf } from './answer-metrics.js';
import { outcomeOf } from './answer-outcome.js';
import { type AnswerOrder, AskedModelsService } from './asked-models.service.js';
import { pauseUntil } from './cut-pause.js';
import { type AnswerEnd, RunningAnswersService } from './running-answers.service.js';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 10_000;
/** What is not stored by then is found by others, as far as it was noted. */
const LONGEST_GOODBYE_MS = 10_000;

/**
 * Has answers written, whether or not anybody is there to read them: they go through the same pipeline
 * as every request, and what comes of them is stored.
 */
@Injectable()
export class AnswerProductionService implements OnModuleDestroy, BeforeApplicationShutdown {
  private readonly logger = new Logger(AnswerProductionService.name);
  private readonly underWay = new Map<string, AnswerDraft>();
  private readonly work = new Set<Promise<void>>();
  private readonly stopping = new AbortController();

  constructor(
    private readonly models: AskedModelsService,
    private readonly running: RunningAnswersService,
    private readonly events: ChatEventsService,
    private readonly titles: TitlesService,
    private readonly clock: ClockService,
    changes: ChangesService,
  ) {
    changes.heard$.subscribe(({ kind, subject }) => {
      if (kind === 'answer_stop') this.underWay.get(subject)?.stop('person');
      if (kind === 'person_gone') this.forgetAllOf(subject);
    });
    events.removed$.subscribe((conversationId) => this.forget(conversationId));
  }

  get drafts(): readonly AnswerDraft[] {
    return [...this.underWay.values()];
  }

  /** Undefined: this process does not write it, or does not any more. */
  draft(id: string): AnswerDraft | undefined {
    return this.underWay.get(id);
  }

  /** Begins, and does not wait for what comes of it. */
  start(order: AnswerOrder): AnswerDraft {
    const { id, userId } = order.conversation;
    const nowMs = () => this.clock.monotonicMs();
    const draft = new AnswerDraft(order.answer.id, id, userId, order.answer, nowMs);
    this.underWay.set(draft.id, draft);
    const work = this.produce(order, draft)
      .catch((error: unknown) => this.logger.error(`An answer was lost: ${String(error)}`))
      .finally(() => this.conclude(draft, work));
    this.work.add(work);
    return draft;
  }

  onModuleDestroy(): void {
    this.stopping.abort();
  }

  /** Models have been told to stop; what they said is stored while the database is still open. */
  async beforeApplicationShutdown(): Promise<void> {
    for (const draft of this.drafts) draft.stop('restart');
    const late = new AbortController();
    const patience = pause(LONGEST_GOODBYE_MS, undefined, { signal: late.signal });
    await Promise.race([Promise.all(this.work), patience.catch(() => undefined)]);
    late.abort();
  }

  private async produce(order: AnswerOrder, draft: AnswerDraft): Promise<void> {
    const { answer } = order;
    const begin = this.clock.monotonicMs();
    const { record, failure } = await this.models.ask(order, draft);
    const text = draft.complete();
    const added = metricsOf(record, draft, { begin, end: this.clock.monotonicMs() });
    const end = { ...text, ...addMetrics(answer, added), ...outcomeOf(draft, failure, text) };
    const isStored = await this.store(draft, end);
    if (isStored) this.tell(order, end);
  }

  /**
   * Tries until the database has it: nobody else ends what a living process writes. One that stops
   * tries once more, and leaves it to the others. False: somebody else has said how it ended.
   */
  private async store(draft: AnswerDraft, end: AnswerEnd): Promise<boolean> {
    const { signal } = this.stopping;
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      try {
        return await this.running.end(draft, end);
      } catch (error) {
        if (pauseMs === FIRST_PAUSE_MS)
          this.logger.warn(`An answer is not stored yet: ${String(error)}`);
        if (signal.aborted) throw error;
        await pauseUntil(signal, pauseMs);
      }
    }
  }

  private tell({ conversation, answer }: AnswerOrder, { content = '' }: AnswerEnd): void {
    const { id, userId } = conversation;
    this.events.conversationChanged(userId, id);
    this.events.budgetChanged(userId);
    if (!this.stopping.signal.aborted && content !== '')
      this.titles.consider({ userId, conversationId: id, answer, content });
  }

  private conclude(draft: AnswerDraft, work: Promise<void>): void {
    this.underWay.delete(draft.id);
    this.work.delete(work);
    draft.end();
  }

  /** Nobody will read what is said in a conversation that was deleted. */
  private forget(conversationId: string): void {
    for (const draft of this.drafts) {
      if (draft.conversationId === conversationId) draft.stop('forgotten');
    }
  }

  /** Whoever asked has deleted their account: nobody is to pay for the rest. */
  private forgetAllOf(userId: string): void {
    for (const draft of this.drafts) {
      if (draft.userId === userId) draft.stop('forgotten');
    }
  }
}
