/**
 * What a test run amounts to: `{ passed, failed }`, from the JSON report of jest or vitest (both
 * have the same shape) and the runner's exit code. A file that did not run counts as one failure; so
 * does a runner that failed without saying where, or left no report.
 */
export function countResults(report, exitCode) {
  const files = report?.testResults ?? [];
  const counts = files.map(countFile);
  const passed = counts.reduce((sum, file) => sum + file.passed, 0);
  const failed = counts.reduce((sum, file) => sum + file.failed, 0);
  const failedSilently = failed === 0 && (exitCode !== 0 || report === undefined);
  return { passed, failed: failedSilently ? 1 : failed };
}

function countFile({ status, assertionResults }) {
  const having = (wanted) => assertionResults.filter((test) => test.status === wanted).length;
  const failed = having('failed');
  return { passed: having('passed'), failed: status === 'failed' ? Math.max(failed, 1) : failed };
}

/** The sum of several results. */
export function addUp(results) {
  return {
    passed: results.reduce((sum, result) => sum + result.passed, 0),
    failed: results.reduce((sum, result) => sum + result.failed, 0),
  };
}

/** The last line of `npm test`. */
export const summaryLine = ({ passed, failed }) => `${passed} passed, ${failed} failed`;
