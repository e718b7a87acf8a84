import { type RateLimit } from '../../config/index.js';
import { type Admission, type RateLimitName, type RateLimitRule, tighter } from './admission.js';
import { RateLimitStorage } from './rate-limit-storage.js';
import { type SlidingWindow } from './sliding-window.js';
import { WindowTable } from './window-table.js';

/** For each rule and window length; twice this many are remembered at most. */
const MOST_CALLERS: Readonly<Record<RateLimitName, number>> = {
  requests: 50_000,
  pages: 10_000,
  login: 10_000,
  failed_keys: 10_000,
  routes: 10_000,
};
/** Window lengths of one rule. More than a line of configuration can have. */
const MOST_TABLES = 24;

type Monotonic = () => number;

/** Counts in this process. Limits may change from one request to the next: what counts stays counted. */
export class MemoryStorage extends RateLimitStorage {
  private readonly tables = new Map<RateLimitName, Map<number, WindowTable>>();

  constructor(private readonly monotonicMs: Monotonic) {
    super();
  }

  take(rule: RateLimitRule, caller: string): Admission {
    const nowMs = this.monotonicMs();
    const { limits } = rule;
    if (limits.length > 1) {
      const windows = limits.map((limit) => this.window(rule, limit, caller, nowMs));
      return takeAll(limits, windows, nowMs);
    }
    const limit = limits[0]!;
    return takeOne(limit, this.window(rule, limit, caller, nowMs), nowMs);
  }

  giveBack(rule: RateLimitRule, caller: string): void {
    const nowMs = this.monotonicMs();
    for (const limit of rule.limits) this.window(rule, limit, caller, nowMs).takeBack(nowMs);
  }

  /** How many callers are remembered, over all rules. */
  get size(): number {
    const tables = [...this.tables.values()].flatMap((ofRule) => [...ofRule.values()]);
    return tables.reduce((sum, table) => sum + table.size, 0);
  }

  private window(
    { name }: RateLimitRule,
    { windowS }: RateLimit,
    caller: string,
    nowMs: number,
  ): SlidingWindow {
    const table = this.tables.get(name)?.get(windowS) ?? this.newTable(name, windowS);
    return table.windowOf(caller, nowMs);
  }

  /** The oldest table goes when settings have changed so often that there are too many. */
  private newTable(name: RateLimitName, windowS: number): WindowTable {
    const ofRule = this.tables.get(name) ?? new Map<number, WindowTable>();
    this.tables.set(name, ofRule);
    for (const oldest of ofRule.keys()) {
      if (ofRule.size < MOST_TABLES) break;
      ofRule.delete(oldest);
    }
    const table = new WindowTable(windowS * 1000, MOST_CALLERS[name]);
    ofRule.set(windowS, table);
    return table;
  }
}

function takeOne(limit: RateLimit, window: SlidingWindow, nowMs: number): Admission {
  const used = window.used(nowMs);
  if (used >= limit.limit) {
    const freeInMs = window.freeInMs(limit.limit, nowMs);
    return { isAdmitted: false, limit, remaining: 0, freeInMs };
  }
  window.add(nowMs);
  const freeInMs = window.freeInMs(used + 1, nowMs);
  return { isAdmitted: true, limit, remaining: limit.limit - used - 1, freeInMs };
}

function takeAll(
  limits: readonly RateLimit[],
  windows: readonly SlidingWindow[],
  nowMs: number,
): Admission {
  const isAdmitted = limits.every(({ limit }, index) => windows[index]!.used(nowMs) < limit);
  if (isAdmitted) for (const window of windows) window.add(nowMs);
  const standings = limits.map((limit, index) => {
    const used = windows[index]!.used(nowMs);
    const below = isAdmitted ? used : limit.limit;
    const freeInMs = windows[index]!.freeInMs(below, nowMs);
    return { limit, remaining: Math.max(0, limit.limit - used), freeInMs };
  });
  return { isAdmitted, ...standings.reduce(tighter) };
}
