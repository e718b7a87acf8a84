import { type AppError } from '../../infrastructure/errors/app-error.js';
import { type FairQueue, type Ticket } from './fair-queue.js';
import { type EndpointTurn, type RouteRequest } from './route.js';
import { CallerGoneError } from './routing.errors.js';

/** A request that waits for its turn, in its place in the queue until it is given one or refused. */
export class Waiter {
  readonly turn: Promise<EndpointTurn>;
  /** Its place when it came, counted from 1. */
  readonly position: number;
  private readonly ticket: Ticket<Waiter>;
  private readonly settled = Promise.withResolvers<EndpointTurn>();
  private isWaiting = true;

  constructor(
    private readonly queue: FairQueue<Waiter>,
    readonly request: RouteRequest,
    readonly sinceMs: number,
    readonly deadlineMs: number,
  ) {
    this.turn = this.settled.promise;
    this.ticket = queue.add(request.callerId, this);
    this.position = this.ticket.position;
    request.onGone(() => {
      if (this.isWaiting) this.refuse(new CallerGoneError());
    });
  }

  /** For whoever has taken it out of the queue. */
  grant(turn: EndpointTurn): void {
    this.isWaiting = false;
    this.settled.resolve(turn);
  }

  /** Takes it out of the queue. */
  refuse(error: AppError): void {
    this.isWaiting = false;
    this.queue.remove(this.ticket);
    this.settled.reject(error);
  }
}
