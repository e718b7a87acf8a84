import { type ModelEndpoint } from '../catalogue-entry.js';
import { type EndpointSlot } from './endpoint-slot.js';
import { type EndpointTurn, type TurnOutcome } from './route.js';

/** Whoever gave a turn and is told what became of it. */
export interface TurnGiver {
  ended(slot: EndpointSlot, outcome: TurnOutcome, isTrial: boolean): void;
}

/** A turn as a group gives it; taking it is making it. */
export class GroupTurn implements EndpointTurn {
  readonly endpoint: ModelEndpoint;
  /** Whether it is to show that the endpoint works again, and has not yet. */
  private isTrial: boolean;
  private isReleased = false;

  constructor(
    private readonly giver: TurnGiver,
    private readonly slot: EndpointSlot,
    readonly queuePosition: number,
    readonly waitedMs: number,
  ) {
    this.endpoint = slot.endpoint;
    this.isTrial = slot.health.use();
    slot.inFlight += 1;
  }

  answered(): void {
    if (!this.isTrial || this.isReleased) return;
    this.isTrial = false;
    this.giver.ended(this.slot, 'served', true);
  }

  release(outcome: TurnOutcome): void {
    if (this.isReleased) return;
    this.isReleased = true;
    this.slot.inFlight -= 1;
    this.giver.ended(this.slot, outcome, this.isTrial);
  }
}
