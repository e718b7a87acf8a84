import { describe, expect, it } from '@jest/globals';
import { addUp, countResults, summaryLine } from './test-summary.mjs';

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((each) => ({ status: each })),
});

describe('the sum of a test run', () => {
  it.each([
    ['green', [file('passed', 'passed', 'passed')], 0, { passed: 2, failed: 0 }],
    ['red', [file('failed', 'passed', 'failed')], 1, { passed: 1, failed: 1 }],
    ['a file that does not run', [file('failed')], 1, { passed: 0, failed: 1 }],
    ['a file that fails around its tests', [file('failed', 'passed')], 1, { passed: 1, failed: 1 }],
    ['skipped tests count for nothing', [file('passed', 'pending')], 0, { passed: 0, failed: 0 }],
    [
      'a runner that fails behind its tests',
      [file('passed', 'passed')],
      7,
      { passed: 1, failed: 1 },
    ],
  ])('%s', (_, testResults, exitCode, expected) => {
    expect(countResults({ testResults }, exitCode)).toEqual(expected);
  });

  it('counts a missing report as a failure, whatever the exit code', () => {
    expect(countResults(undefined, 0)).toEqual({ passed: 0, failed: 1 });
  });

  it('adds up the kinds', () => {
    const sum = addUp([
      { passed: 2, failed: 0 },
      { passed: 3, failed: 1 },
    ]);
    expect(summaryLine(sum)).toBe('5 passed, 1 failed');
  });
});
