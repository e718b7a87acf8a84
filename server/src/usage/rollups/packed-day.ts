import { NARROW_AMOUNTS } from './narrow-sums.js';

/**
 * The sums of one day (UTC) in a few texts. To add up what thousands of people used is to read some
 * texts of each day then, not a million rows. Owners are numbers (`PackedOwnersRepository`).
 */
export interface PackedDay {
  requests: number;
  /** By owner, in base64: the number and all amounts in the order of `NarrowSums`. */
  owners: string;
  /** JSON: the names, by their numbers in `hours`. */
  models: string;
  /**
   * By hour, owner and model, in base64. Each hour: its number, the length of what follows, its owners.
   * Each owner: the number, the length of what follows, the models. Each model: its number and all
   * amounts. What is not looked for is easy to pass over.
   */
  hours: string;
}

const REQUESTS = 0;

/** Packs a day, hour by hour. */
export class PackedDayWriter {
  private readonly hours = new NumberWriter();
  private readonly models = new Map<string, number>();
  private readonly owners = new Map<number, Float64Array>();
  private requests = 0;

  constructor(private readonly numberOfOwner: (kind: string, id: string) => number) {}

  /** Rows of owner kind, owner id, model and amounts, those of one owner together. */
  addHour(hour: number, rows: readonly (readonly unknown[])[]): void {
    if (rows.length === 0) return;
    const endHour = this.hours.open(hour);
    let before = -1;
    let endOwner: (() => void) | null = null;
    for (const [kind, id, model, ...amounts] of rows) {
      const owner = this.numberOfOwner(kind as string, id as string);
      if (owner !== before) {
        endOwner?.();
        endOwner = this.hours.open(owner);
        before = owner;
      }
      this.hours.write(this.numberOfModel(model as string));
      const all = amounts.map(Number);
      for (const amount of all) this.hours.write(amount);
      this.addTo(owner, all);
    }
    endOwner?.();
    endHour();
  }

  finish(): PackedDay {
    const owners = new NumberWriter();
    for (const [owner, amounts] of this.owners) {
      owners.write(owner);
      for (const amount of amounts) owners.write(amount);
    }
    return {
      requests: this.requests,
      owners: owners.text(),
      models: JSON.stringify([...this.models.keys()]),
      hours: this.hours.text(),
    };
  }

  private addTo(owner: number, amounts: readonly number[]): void {
    let sums = this.owners.get(owner);
    if (!sums) this.owners.set(owner, (sums = new Float64Array(NARROW_AMOUNTS)));
    for (let n = 0; n < NARROW_AMOUNTS; n += 1) sums[n]! += amounts[n]!;
    this.requests += amounts[REQUESTS]!;
  }

  private numberOfModel(name: string): number {
    let number = this.models.get(name);
    if (number === undefined) this.models.set(name, (number = this.models.size));
    return number;
  }
}

/** What is looked for in a day. */
export interface WantedOfDay {
  /** 1 for each owner, by their numbers. */
  owners: Uint8Array;
  model?: string;
  /** Hours of the day, from 0; the first and the one after the last. */
  from: number;
  to: number;
}

/** Hands over the sums of each hour and model; the amounts are those of `NarrowSums`, until the next. */
export type VisitPacked = (hour: number, model: string, amounts: Float64Array) => void;

export function visitHours(
  day: { models: string; hours: Uint8Array },
  wanted: WantedOfDay,
  visit: VisitPacked,
): void {
  const models = JSON.parse(day.models) as string[];
  const reader = new NumberReader(day.hours);
  while (!reader.isAtEnd) {
    const hour = reader.next();
    const end = reader.end();
    if (hour < wanted.from || hour >= wanted.to) {
      reader.at = end;
      continue;
    }
    const sums = new Float64Array(models.length * NARROW_AMOUNTS);
    addHour(reader, end, wanted.owners, sums);
    for (const [n, model] of models.entries()) {
      const start = n * NARROW_AMOUNTS;
      if (sums[start + REQUESTS] === 0) continue;
      if (wanted.model !== undefined && wanted.model !== model) continue;
      visit(hour, model, sums.subarray(start, start + NARROW_AMOUNTS));
    }
  }
}

function addHour(reader: NumberReader, end: number, owners: Uint8Array, sums: Float64Array): void {
  while (reader.at < end) {
    const owner = reader.next();
    const endOfOwner = reader.end();
    if (owners[owner] !== 1) reader.at = endOfOwner;
    while (reader.at < endOfOwner) reader.addAmounts(sums);
  }
}

/** Packs what `addOwners` added up. */
export function packOwners(sums: Float64Array): Pick<PackedDay, 'owners' | 'requests'> {
  const writer = new NumberWriter();
  let requests = 0;
  for (let start = 0; start < sums.length; start += NARROW_AMOUNTS) {
    if (sums[start + REQUESTS] === 0) continue;
    requests += sums[start + REQUESTS]!;
    writer.write(start / NARROW_AMOUNTS);
    for (let n = 0; n < NARROW_AMOUNTS; n += 1) writer.write(sums[start + n]!);
  }
  return { owners: writer.text(), requests };
}

/** Adds what owners used in some hours of a day (from 0) to `sums`, as `addOwners` does. */
export function addOwnersOfHours(
  hours: Uint8Array,
  { from, to }: { from: number; to: number },
  sums: Float64Array,
): void {
  const reader = new NumberReader(hours);
  while (!reader.isAtEnd) {
    const hour = reader.next();
    const end = reader.end();
    if (hour < from || hour >= to) reader.at = end;
    while (reader.at < end) {
      const start = reader.next() * NARROW_AMOUNTS;
      const endOfOwner = reader.end();
      while (reader.at < endOfOwner) {
        reader.next();
        reader.addTo(sums, start);
      }
    }
  }
}

/** Adds what owners used on a day to `sums`, which has all amounts of each by their numbers. */
export function addOwners(owners: Uint8Array, sums: Float64Array): void {
  const reader = new NumberReader(owners);
  while (!reader.isAtEnd) reader.addAmounts(sums);
}

const FIRST_BYTES = 256 * 1024;
const LOW_BITS = 127;
const HIGH_BIT = 128;
const LONGEST_NUMBER = 8;

/** Whole numbers, seven bits a byte, the lowest first. */
class NumberWriter {
  private bytes = new Uint8Array(FIRST_BYTES);
  private length = 0;

  write(value: number): void {
    if (value < 0) throw new RangeError(`A sum of usage is ${value}; it cannot be packed.`);
    if (this.length + LONGEST_NUMBER > this.bytes.length) this.grow();
    let rest = value;
    while (rest > LOW_BITS) {
      this.bytes[this.length] = (rest % HIGH_BIT) + HIGH_BIT;
      this.length += 1;
      rest = Math.floor(rest / HIGH_BIT);
    }
    this.bytes[this.length] = rest;
    this.length += 1;
  }

  /** Begins a part; what it answers ends it and puts its length before it. */
  open(number: number): () => void {
    this.write(number);
    const start = this.length;
    return () => {
      const end = this.length;
      this.write(end - start);
      const digits = this.bytes.slice(end, this.length);
      this.bytes.copyWithin(start + digits.length, start, end);
      this.bytes.set(digits, start);
    };
  }

  text(): string {
    return Buffer.from(this.bytes.buffer, 0, this.length).toString('base64');
  }

  private grow(): void {
    const larger = new Uint8Array(this.bytes.length * 2);
    larger.set(this.bytes);
    this.bytes = larger;
  }
}

class NumberReader {
  at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get isAtEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  next(): number {
    const { bytes } = this;
    let { at } = this;
    let byte = bytes[at]!;
    let value = byte & LOW_BITS;
    for (let unit = HIGH_BIT; byte >= HIGH_BIT; unit *= HIGH_BIT) {
      at += 1;
      byte = bytes[at]!;
      value += (byte & LOW_BITS) * unit;
    }
    this.at = at + 1;
    return value;
  }

  /** Where the part ends whose length is next. */
  end(): number {
    const length = this.next();
    return this.at + length;
  }

  /** Adds the amounts of the next number to its place. */
  addAmounts(sums: Float64Array): void {
    this.addTo(sums, this.next() * NARROW_AMOUNTS);
  }

  /** Adds the next amounts: `next` in a loop, which takes half the time. */
  addTo(sums: Float64Array, start: number): void {
    const { bytes } = this;
    let { at } = this;
    for (let place = start; place < start + NARROW_AMOUNTS; place += 1) {
      let byte = bytes[at]!;
      let value = byte & LOW_BITS;
      for (let unit = HIGH_BIT; byte >= HIGH_BIT; unit *= HIGH_BIT) {
        at += 1;
        byte = bytes[at]!;
        value += (byte & LOW_BITS) * unit;
      }
      sums[place]! += value;
      at += 1;
    }
    this.at = at;
  }
}
