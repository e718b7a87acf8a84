import { describe, expect, it } from '@jest/globals';
import { proofPage } from './proof-page.mjs';

const result = {
  name: 'search',
  startedAt: '2026-01-02T03:04:05.000Z',
  tookS: 130,
  commit: 'abc1234',
  load: 0.55,
  isKept: false,
  tests: [{ title: 'a million messages | on SQLite', isPassed: true, tookS: 61.4 }],
  figures: [
    { name: 'a rare word', measured: 3.94321, unit: 'ms', atMost: 200 },
    { name: 'throughput', measured: 1.2, unit: '×', atLeast: 1.6 },
    { name: 'rows', measured: 7, unit: 'rows' },
    { text: ['SQLite: first token', '+0.5 ms', '≤ +1 ms', 'kept'] },
  ],
};

describe('the page of proofs', () => {
  const page = proofPage({ machine: 'A machine.', results: [result, { name: 'soak' }] });

  it('counts what is kept and names what is missed or not measured', () => {
    expect(page).toContain('**0 of 2 proofs are kept.** Not kept: search. Not measured yet: soak.');
  });

  it('says of each when, of what and on how busy a machine it was measured', () => {
    expect(page).toContain(
      '**Not kept**: 2026-01-02 03:04 UTC, commit abc1234, in 2 min, load before 0.6.',
    );
    expect(page).toContain('## soak\n\nNot measured yet.');
  });

  it('has each figure beside its promise', () => {
    const rows = page
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) =>
        line
          .split('|')
          .map((cell) => cell.trim())
          .slice(1, -1),
      );
    expect(rows.slice(2)).toEqual([
      ['a rare word', '3.943 ms', '≤ 200 ms', 'kept'],
      ['throughput', '1.2 ×', '≥ 1.6 ×', 'missed'],
      ['rows', '7 rows', '–', ''],
      ['SQLite: first token', '+0.5 ms', '≤ +1 ms', 'kept'],
    ]);
  });

  it('lets no title break a table or a line', () => {
    expect(page).toContain('- passed: a million messages \\| on SQLite (61 s)');
  });
});
