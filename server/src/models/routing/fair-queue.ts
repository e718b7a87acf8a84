import { LinkedList, type Place } from '../../infrastructure/collections/linked-list.js';

/** One caller's requests, first come first. */
interface Line<T> {
  readonly callerId: string;
  readonly tickets: LinkedList<Ticket<T>>;
  place: Place<Line<T>>;
}

/** One that waits, with its places in the lists it is in. */
export interface Ticket<T> {
  readonly value: T;
  /** How many are served up to and including this one, as far as could be told when it came. */
  readonly position: number;
  readonly line: Line<T>;
  inLine: Place<Ticket<T>>;
  byArrival: Place<Ticket<T>>;
}

/**
 * Those who wait, served caller by caller: who has one request waits for at most one of each other
 * caller, however many those have. All steps take the same time at any length.
 */
export class FairQueue<T> {
  private readonly lines = new Map<string, Line<T>>();
  /** Callers in the order of their turns. */
  private readonly ring = new LinkedList<Line<T>>();
  private readonly arrivals = new LinkedList<Ticket<T>>();

  get size(): number {
    return this.arrivals.size;
  }

  /** Who has waited longest. */
  get oldest(): T | null {
    return this.arrivals.first?.value.value ?? null;
  }

  add(callerId: string, value: T): Ticket<T> {
    const line = this.lines.get(callerId) ?? this.begin(callerId);
    const rounds = line.tickets.size + 1;
    const position = Math.min(this.size + 1, rounds * this.ring.size);
    const ticket = { value, position, line } as Ticket<T>;
    ticket.inLine = line.tickets.add(ticket);
    ticket.byArrival = this.arrivals.add(ticket);
    return ticket;
  }

  /** Must be called once for a ticket, and only if it was not served. */
  remove(ticket: Ticket<T>): void {
    const { line } = ticket;
    line.tickets.remove(ticket.inLine);
    this.arrivals.remove(ticket.byArrival);
    if (line.tickets.size > 0) return;
    this.lines.delete(line.callerId);
    this.ring.remove(line.place);
  }

  /**
   * Offers a turn to the callers in their order, and takes out the first that can use it; false: none
   * could. A caller who cannot keeps its place.
   */
  offer(canUse: (value: T) => boolean): boolean {
    for (let place = this.ring.first; place; place = place.after) {
      const ticket = place.value.tickets.first!.value;
      if (!canUse(ticket.value)) continue;
      this.ring.moveToEnd(place);
      this.remove(ticket);
      return true;
    }
    return false;
  }

  private begin(callerId: string): Line<T> {
    const line = { callerId, tickets: new LinkedList<Ticket<T>>() } as Line<T>;
    line.place = this.ring.add(line);
    this.lines.set(callerId, line);
    return line;
  }
}
