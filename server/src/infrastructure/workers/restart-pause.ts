const FIRST_MS = 250;
const LONGEST_MS = 30_000;
/** Who lived so long did not die of how it was started. */
const HEALTHY_MS = 60_000;

/** How long to wait before a worker that ended is started anew: twice as long each time. */
export class RestartPause {
  private nextMs = FIRST_MS;

  after(livedMs: number): number {
    const pauseMs = livedMs >= HEALTHY_MS ? FIRST_MS : this.nextMs;
    this.nextMs = Math.min(pauseMs * 2, LONGEST_MS);
    return pauseMs;
  }
}
