import { NARROW_AMOUNTS } from './narrow-sums.js';
import { NumberWriter } from './packed-numbers.js';

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

/** Their place among the amounts of `NarrowSums`. */
export const REQUESTS = 0;

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
