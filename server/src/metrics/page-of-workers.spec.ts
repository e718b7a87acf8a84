import { describe, expect, it } from '@jest/globals';
import { pageOfWorkers } from './page-of-workers.js';

const page = (requests: number, extra = '') =>
  `# HELP lumen_requests_total Requests.\n# TYPE lumen_requests_total counter\n` +
  `lumen_requests_total{model="a {b} \\"c\\" 1"} ${requests}\n` +
  `# HELP process_start_time_seconds Start.\n# TYPE process_start_time_seconds gauge\n` +
  `process_start_time_seconds 1.5e9\n${extra}`;

describe('the metrics page of several workers', () => {
  it('has each metric once, with the lines of every worker', () => {
    const text = pageOfWorkers([
      { worker: 1, text: page(3) },
      { worker: 2, text: page(4, '\n# HELP x X.\n# TYPE x gauge\nx NaN\n') },
    ]);
    expect(text).toBe(`# HELP lumen_requests_total Requests.
# TYPE lumen_requests_total counter
lumen_requests_total{worker="1",model="a {b} \\"c\\" 1"} 3
lumen_requests_total{worker="2",model="a {b} \\"c\\" 1"} 4

# HELP process_start_time_seconds Start.
# TYPE process_start_time_seconds gauge
process_start_time_seconds{worker="1"} 1.5e9
process_start_time_seconds{worker="2"} 1.5e9

# HELP x X.
# TYPE x gauge
x{worker="2"} NaN
`);
  });

  it('leaves out a worker that had nothing to say', () => {
    expect(pageOfWorkers([{ worker: 1, text: '' }])).toBe('');
  });
});
