/** Each bucket ends a tenth later than it begins: a quantile is off by a twentieth at the most. */
const STEP = Math.log(1.1);

/** How long some requests took, counted in buckets: whatever is added up, quantiles stay right. */
export class LatencyHistogram {
  private readonly counts = new Map<number, number>();
  private added = 0;

  /** How many are in it. */
  get count(): number {
    return this.added;
  }

  /** @param ms a duration; what is below a millisecond is one */
  add(ms: number, count = 1): void {
    this.addTo(Math.floor(Math.log(Math.max(1, ms)) / STEP), count);
  }

  /** Adds what `toJSON` answered. */
  addPacked(packed: readonly number[]): void {
    for (let n = 0; n + 1 < packed.length; n += 2) this.addTo(packed[n]!, packed[n + 1]!);
  }

  addAll(other: LatencyHistogram): void {
    for (const [bucket, count] of other.counts) this.addTo(bucket, count);
  }

  /** So many milliseconds or fewer took this share of all; null: there are none. */
  quantile(share: number): number | null {
    let rest = Math.max(1, Math.ceil(share * this.added));
    for (const [bucket, count] of this.sorted()) {
      rest -= count;
      if (rest <= 0) return Math.max(1, Math.round(Math.exp((bucket + 0.5) * STEP)));
    }
    return null;
  }

  /** Buckets and their counts in turn, in order; only those that have any. */
  toJSON(): number[] {
    return this.sorted().flat();
  }

  private addTo(bucket: number, count: number): void {
    this.counts.set(bucket, (this.counts.get(bucket) ?? 0) + count);
    this.added += count;
  }

  private sorted(): [bucket: number, count: number][] {
    return [...this.counts].sort(([one], [other]) => one - other);
  }
}
