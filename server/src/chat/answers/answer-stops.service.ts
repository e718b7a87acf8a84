import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { ChangesService } from '../../infrastructure/changes/changes.service.js';
import { STOPPED } from './answer-outcome.js';
import { AnswerProductionService } from './answer-production.service.js';
import { type AnswerPlace, RunningAnswersService } from './running-answers.service.js';

const LOOK_EVERY_MS = 100;
/** A process that does not stop an answer by then is not waited for. */
const LONGEST_STOP_MS = 4_000;

/** Stops answers, whichever process writes them. */
@Injectable()
export class AnswerStopsService {
  constructor(
    private readonly production: AnswerProductionService,
    private readonly running: RunningAnswersService,
    private readonly changes: ChangesService,
  ) {}

  /** Resolves when it is stored as stopped, or ended otherwise. */
  async stop(place: AnswerPlace): Promise<void> {
    const draft = this.production.draft(place.id);
    if (draft) {
      draft.stop('person');
      return draft.ended;
    }
    await this.changes.publish('answer_stop', place.id);
    for (let waitedMs = 0; waitedMs < LONGEST_STOP_MS; waitedMs += LOOK_EVERY_MS) {
      if ((await this.running.writerOf(place.id)) === null) return this.running.endOrphan(place);
      await pause(LOOK_EVERY_MS);
    }
    const writer = await this.running.writerOf(place.id);
    if (writer !== null) await this.running.end(place, STOPPED, writer);
  }
}
