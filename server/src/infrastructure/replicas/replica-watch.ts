/** What was read of the replicas: their beats; null for one that has work but no row. */
export type Beats = ReadonlyMap<string, number | null>;

/** When the beats were read, by the reader's monotonic clock. */
export interface ReadTimes {
  askedMs: number;
  answeredMs: number;
}

interface Sighting {
  beat: number | null;
  /** Since when this beat has been seen. */
  sinceMs: number;
}

/** Who did not look for longer than this part of the lease cannot say who was silent meanwhile. */
const LONGEST_GAP = 2 / 3;

/**
 * How long each replica's beat has stood still, by the clock of the one who looks. After a gap, in
 * which the database may have been away for everybody or this process stopped, all begin anew.
 */
export class ReplicaWatch {
  private sightings = new Map<string, Sighting>();
  private lookedMs = -Infinity;

  look(beats: Beats, { askedMs, answeredMs }: ReadTimes, leaseMs: number): void {
    const isAfterGap = answeredMs - this.lookedMs > leaseMs * LONGEST_GAP;
    const seen = new Map<string, Sighting>();
    for (const [id, beat] of beats) {
      const known = isAfterGap ? undefined : this.sightings.get(id);
      seen.set(id, known?.beat === beat ? known : { beat, sinceMs: answeredMs });
    }
    this.sightings = seen;
    this.lookedMs = askedMs;
  }

  /** Those that were beating when they were last looked at. */
  beating(leaseMs: number): string[] {
    return [...this.sightings]
      .filter(([, { beat, sinceMs }]) => beat !== null && this.lookedMs - sinceMs < leaseMs)
      .map(([id]) => id);
  }

  /** The replicas that were silent for so long when they were last looked at. */
  silentFor(leaseMs: number): { id: string; beat: number | null }[] {
    return [...this.sightings]
      .filter(([, { sinceMs }]) => this.lookedMs - sinceMs >= leaseMs)
      .map(([id, { beat }]) => ({ id, beat }));
  }
}
