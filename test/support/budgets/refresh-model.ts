const HOUR = 3_600_000n;

/** Nano-coins or tokens; the refresh is for an hour. */
export interface Numbers {
  max: bigint;
  refresh: bigint;
}

/** What no policy governs. */
export const NOTHING: Numbers = { max: 0n, refresh: 0n };

/**
 * What a refresh is, on one page: a pool, its clock, and the policy it goes by. A unit arrives at each
 * multiple of an hour / refresh since 1970, and is lost if the pool is full when it is looked at.
 */
export class ModelPool {
  constructor(
    public balance: bigint,
    private numbers: Numbers,
    private clockMs: number,
  ) {}

  look(nowMs: number, policy: Numbers): void {
    const { max, refresh } = this.numbers;
    if (policy.max !== max || policy.refresh !== refresh) {
      this.numbers = policy;
      this.clockMs = nowMs;
      return;
    }
    if (refresh === 0n || nowMs < this.clockMs + Number(HOUR)) return;
    const arrived = unitsUpTo(nowMs, refresh) - unitsUpTo(this.clockMs, refresh);
    const room = max - this.balance;
    if (room > 0n) this.balance += arrived < room ? arrived : room;
    this.clockMs = nowMs;
  }
}

function unitsUpTo(atMs: number, refresh: bigint): bigint {
  return (BigInt(atMs) * refresh - ((BigInt(atMs) * refresh) % HOUR)) / HOUR;
}
