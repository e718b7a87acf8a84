import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { type HourRange } from '../reports/usage-period.js';
import { DAY_MS, HOUR_MS, nextStart, startOf } from '../rollups/rollup-tables.js';
import { LatenciesRepository } from './latencies.repository.js';
import { type Latencies, type LatencyFilter, ModelLatencies } from './model-latencies.js';

const HOURS_AT_A_TIME = 24;
/** What is not kept yet is read from the log, no further back than this: that is much to read. */
const LONGEST_LOG_MS = 3 * HOUR_MS;

/** How long requests of everybody took: medians and the like, which cannot be had from sums. */
@Injectable()
export class LatenciesService {
  constructor(
    private readonly repository: LatenciesRepository,
    private readonly clock: ClockService,
  ) {}

  /** Keeps hours and days that were over at `limit`, for as long as `isWanted`. */
  async keep(limit: number, isWanted: () => boolean): Promise<void> {
    const { repository } = this;
    const keepEach = async (starts: readonly number[], keep: (start: number) => Promise<void>) => {
      for (const start of starts) {
        if (!isWanted()) return;
        await keep(start);
        await nextTurn();
      }
    };
    for (;;) {
      const hours = await repository.staleHours(startOf('hour', limit), HOURS_AT_A_TIME);
      await keepEach(hours, (hour) => repository.keepHour(hour));
      if (hours.length < HOURS_AT_A_TIME || !isWanted()) break;
    }
    const days = await repository.staleDays(startOf('day', limit));
    await keepEach(days, (day) => repository.keepDay(day));
  }

  /**
   * By model and of all together. What an upgrade found in the log is there some minutes after it; the
   * hours that are not over come from the log itself.
   */
  async of(
    range: HourRange,
    filter: LatencyFilter,
  ): Promise<{ total: Latencies; models: Map<string, Latencies> }> {
    const found = new ModelLatencies();
    const whole = wholeDays(range);
    const days = await this.repository.addKept(DAY_MS, whole, found);
    for (const part of partsWithout(days, range)) {
      await this.repository.addKept(HOUR_MS, part, found);
    }
    await this.addLatest(range, found);
    return found.byModel(filter);
  }

  private async addLatest({ from, to }: HourRange, found: ModelLatencies): Promise<void> {
    const nowMs = this.clock.nowMs();
    const oldest = startOf('hour', nowMs) - LONGEST_LOG_MS;
    const since = Math.max(from, oldest, await this.repository.keptUntil());
    const until = Math.min(to, startOf('hour', nowMs) + HOUR_MS);
    if (since < until) await this.repository.addLogged({ from: since, to: until }, found);
  }
}

function wholeDays({ from, to }: HourRange): HourRange {
  const first = startOf('day', from) === from ? from : nextStart('day', from);
  return { from: first, to: Math.max(first, startOf('day', to)) };
}

/** A range without these days, in as few parts as there are. */
function partsWithout(days: ReadonlySet<number>, { from, to }: HourRange): HourRange[] {
  const parts: HourRange[] = [];
  for (let start = from; start < to;) {
    const end = Math.min(to, nextStart('day', start));
    const before = parts.at(-1);
    if (days.has(start) && end - start === DAY_MS) {
      // The day is there already.
    } else if (before?.to === start) parts[parts.length - 1] = { from: before.from, to: end };
    else parts.push({ from: start, to: end });
    start = end;
  }
  return parts;
}
