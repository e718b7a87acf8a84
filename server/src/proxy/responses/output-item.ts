/** Numbers an event of a response and puts it among those that go out. */
export type Emit = (type: string, fields: object) => void;

export type ItemStatus = 'in_progress' | 'completed' | 'incomplete';

/** Where an item stands in a response, and what it is called. */
export interface ItemPlace {
  readonly id: string;
  readonly index: number;
}

/** One thing that a model made: a text, a thought, a call. Grows as its pieces come. */
export interface OutputItem {
  status: ItemStatus;
  /** Emits what ends it. */
  close(emit: Emit, status: ItemStatus): void;
  /** As it stands in a response. */
  shown(): object;
}
