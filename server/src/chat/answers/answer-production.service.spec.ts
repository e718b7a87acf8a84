import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Subject } from 'rxjs';
import { type ChangesService } from '../../infrastructure/changes/changes.service.js';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { type ChatEventsService } from '../events/chat-events.service.js';
import { type TitlesService } from '../titles/titles.service.js';
import { type AnswerDraft } from './answer-draft.js';
import { metricsOf } from './answer-metrics.js';
import { AnswerProductionService } from './answer-production.service.js';
import { type AnswerOrder, type AskedModelsService } from './asked-models.service.js';
import { type RunningAnswersService } from './running-answers.service.js';

const MINUTE = 60_000;
const NEVER = { firstAtMs: null, thoughtAtMs: null, spokeAtMs: null };
const NOTHING_TAKEN = metricsOf(null, NEVER, { begin: 0, end: 0 });
const ORDER = {
  conversation: { id: 'c', userId: 'u' },
  answer: { id: 'a', content: '', reasoning: '', parentId: 'q', ...NOTHING_TAKEN },
} as AnswerOrder;

describe('an answer that the database does not take', () => {
  let isAway: boolean;
  let triesAtMs: number[];
  let stored: unknown[];
  let production: AnswerProductionService;

  beforeEach(() => {
    jest.useFakeTimers();
    jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    jest.spyOn(Logger.prototype, 'error').mockReturnValue();
    isAway = true;
    triesAtMs = [];
    stored = [];
    production = productionWith((end) => {
      triesAtMs.push(Date.now());
      if (isAway) return Promise.reject(new Error('The database is away.'));
      stored.push(end);
      return Promise.resolve(true);
    });
  });

  afterEach(() => {
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  it('is kept, can be followed, and is stored when the database is back, however late', async () => {
    const draft = production.start(ORDER);
    await jest.advanceTimersByTimeAsync(30 * MINUTE);
    expect(production.draft('a')).toBe(draft);
    expect(draft.text.whole().content).toBe('Hello');
    isAway = false;
    await jest.advanceTimersByTimeAsync(10_000);
    await draft.ended;
    expect(stored).toMatchObject([{ content: 'Hello', state: 'complete' }]);
    expect(production.drafts).toEqual([]);
  });

  it('is tried again at first after a second, later every ten', async () => {
    production.start(ORDER);
    await jest.advanceTimersByTimeAsync(MINUTE);
    const pauses = triesAtMs.slice(1).map((atMs, i) => atMs - triesAtMs[i]!);
    expect(pauses.slice(0, 6)).toEqual([1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
  });

  it('is tried once more when its process stops, and then left to the others', async () => {
    const draft = production.start(ORDER);
    await jest.advanceTimersByTimeAsync(MINUTE);
    const tries = triesAtMs.length;
    production.onModuleDestroy();
    await production.beforeApplicationShutdown();
    expect(triesAtMs).toHaveLength(tries + 1);
    expect(stored).toEqual([]);
    await draft.ended;
  });

  it('is stored by that last try if the database is back', async () => {
    production.start(ORDER);
    await jest.advanceTimersByTimeAsync(MINUTE);
    isAway = false;
    production.onModuleDestroy();
    await production.beforeApplicationShutdown();
    expect(stored).toMatchObject([{ content: 'Hello' }]);
  });
});

/** With a model that says one word, and a database that `end` stands for. */
function productionWith(end: (end: unknown) => Promise<boolean>): AnswerProductionService {
  const ask = (_order: AnswerOrder, { take }: AnswerDraft) => {
    take({ content: 'Hello', reasoning: '', finishReason: 'stop' });
    return Promise.resolve({ record: null, failure: null });
  };
  return new AnswerProductionService(
    { ask } as unknown as AskedModelsService,
    { end: (_draft: AnswerDraft, said: unknown) => end(said) } as unknown as RunningAnswersService,
    {
      removed$: new Subject(),
      conversationChanged: () => undefined,
      budgetChanged: () => undefined,
    } as unknown as ChatEventsService,
    { consider: () => undefined } as unknown as TitlesService,
    new ClockService(),
    { heard$: new Subject() } as unknown as ChangesService,
  );
}
