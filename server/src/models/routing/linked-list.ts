/** A place in a list, by which its value is taken out again at once. */
export interface Place<T> {
  readonly value: T;
  before: Place<T> | null;
  after: Place<T> | null;
}

/** A doubly linked list: adding at the end and removing anywhere take the same time at any length. */
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

  add(value: T): Place<T> {
    const place: Place<T> = { value, before: null, after: null };
    this.append(place);
    return place;
  }

  /** Must be called with a place of this list only, and once. */
  remove(place: Place<T>): void {
    const { before, after } = place;
    if (before) before.after = after;
    else this.head = after;
    if (after) after.before = before;
    else this.tail = before;
    this.count -= 1;
  }

  moveToEnd(place: Place<T>): void {
    this.remove(place);
    this.append(place);
  }

  private append(place: Place<T>): void {
    place.before = this.tail;
    place.after = null;
    if (this.tail) this.tail.after = place;
    else this.head = place;
    this.tail = place;
    this.count += 1;
  }
}
