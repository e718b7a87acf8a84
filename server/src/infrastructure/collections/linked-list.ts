/** A place in a list, by which its value is taken out again at once. */
export interface Place<T> {
  readonly value: T;
  before: Place<T> | null;
  after: Place<T> | null;
  isTaken: boolean;
}

/**
 * A doubly linked list: adding at the end and removing anywhere take the same time at any length.
 *
 * It is also what holds things that come and go with each request. A `Set` of them makes V8 copy its
 * table again and again, and each old table refers to the next: once one is old, none of them is
 * collected before the next full collection, nor what was in them, which is a part of all requests.
 * Places that were left refer to nothing for the same reason.
 */
export class LinkedList<T> {
  private head: Place<T> | null = null;
  private tail: Place<T> | null = null;
  private count = 0;

  get first(): Place<T> | null {
    return this.head;
  }

  get size(): number {
    return this.count;
  }

  /** All that is in it now, the first first; what happens to the list meanwhile does not matter. */
  get values(): T[] {
    const values: T[] = [];
    for (let place = this.head; place; place = place.after) values.push(place.value);
    return values;
  }

  add(value: T): Place<T> {
    const place: Place<T> = { value, before: null, after: null, isTaken: false };
    this.append(place);
    return place;
  }

  /** Must be called with a place of this list only. One that was left already is passed over. */
  remove(place: Place<T>): void {
    if (!place.isTaken) return;
    const { before, after } = place;
    if (before) before.after = after;
    else this.head = after;
    if (after) after.before = before;
    else this.tail = before;
    place.before = null;
    place.after = null;
    place.isTaken = false;
    this.count -= 1;
  }

  moveToEnd(place: Place<T>): void {
    this.remove(place);
    this.append(place);
  }

  private append(place: Place<T>): void {
    place.before = this.tail;
    if (this.tail) this.tail.after = place;
    else this.head = place;
    this.tail = place;
    place.isTaken = true;
    this.count += 1;
  }
}
