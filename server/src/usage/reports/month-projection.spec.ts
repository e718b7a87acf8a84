import { describe, expect, it } from '@jest/globals';
import { type RollupRepository } from '../rollups/rollup.repository.js';
import { MonthProjectionService } from './month-projection.service.js';
import { type UsageReportService } from './usage-report.service.js';

const NOW = Date.UTC(2026, 10, 21, 12, 30);

describe('what a month will have cost', () => {
  it.each([
    ['UTC', '2026-12-01T00:00:00.000Z'],
    ['Asia/Kolkata', '2026-11-30T18:30:00.000Z'],
    ['America/St_Johns', '2026-12-01T03:30:00.000Z'],
  ])('is reckoned to the end of the month of %s', async (tz, end) => {
    const report = { totalOf: () => Promise.resolve({ cost: 28_000n }) };
    const rollups = { firstDay: () => Promise.resolve(0) };
    const projection = new MonthProjectionService(
      report as unknown as UsageReportService,
      rollups as unknown as RollupRepository,
    );
    const { to, spent, projected } = await projection.of(tz, {}, NOW);
    expect(new Date(to).toISOString()).toBe(end);
    expect(projected).toBeGreaterThan(spent);
  });
});
