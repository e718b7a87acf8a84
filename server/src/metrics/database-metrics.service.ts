import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type Pool } from 'pg';
import { DataSource } from 'typeorm';
import { HoldsService } from '../budgets/index.js';
import { ClockService } from '../infrastructure/clock/clock.service.js';
import { lanesOf } from '../infrastructure/database/group-commit-lanes.js';
import { lanePool } from '../infrastructure/database/group-commit-pool.js';
import { RequestLogService } from '../usage/index.js';
import { gauge, type MetricFamily, type Sample } from './metric-family.js';
import { RecentCount } from './recent-count.js';

/** What waits for the database, and what is open in it. */
@Injectable()
export class DatabaseMetricsService {
  private readonly holds: RecentCount;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly log: RequestLogService,
    holds: HoldsService,
    clock: ClockService,
  ) {
    this.holds = new RecentCount(clock, () => holds.countOpen());
  }

  families(): readonly MetricFamily[] {
    return [
      gauge(
        'lumen_holds_open',
        'Requests of this process that hold coins or tokens, as of the last ten seconds.',
        async () => valueOf(await this.holds.read()),
      ),
      gauge(
        'lumen_queue_waiting',
        'Items that are not committed to the database yet, by the lane they wait in.',
        () => this.waiting(),
      ),
      gauge('lumen_database_connections', 'Connections to PostgreSQL, by pool and state.', () =>
        this.pools.flatMap(connectionsOf),
      ),
      gauge('lumen_database_waiting', 'Who waits for a connection to PostgreSQL, by pool.', () =>
        this.pools.map(([pool, { waitingCount }]) => ({ labels: { pool }, value: waitingCount })),
      ),
    ];
  }

  private waiting(): Sample[] {
    const byName = new Map<string, number>();
    for (const { name, waiting } of lanesOf(this.dataSource)) {
      byName.set(name, (byName.get(name) ?? 0) + waiting);
    }
    byName.set('request log', this.log.backlog);
    return [...byName].map(([name, value]) => ({
      labels: { lane: name.replaceAll(' ', '_') },
      value,
    }));
  }

  private get pools(): readonly [string, Pool][] {
    if (this.dataSource.options.type !== 'postgres') return [];
    const { master } = this.dataSource.driver as unknown as { master: Pool };
    return [
      ['main', master],
      ['lanes', lanePool(this.dataSource)],
    ];
  }
}

function connectionsOf([pool, { totalCount, idleCount }]: [string, Pool]): Sample[] {
  return [
    { labels: { pool, state: 'in_use' }, value: totalCount - idleCount },
    { labels: { pool, state: 'idle' }, value: idleCount },
  ];
}

function valueOf(value: number | null): Sample[] {
  return value === null ? [] : [{ labels: {}, value }];
}
