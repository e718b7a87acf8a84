import { NARROW_AMOUNTS } from './narrow-sums.js';
import { REQUESTS } from './packed-day.js';
import { NumberReader } from './packed-numbers.js';

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
