import { describeFaultMatrix } from '../support/lumen/fault-matrix-tests.js';
import { DIALECTS } from '../support/lumen/lumen-server.js';
import { cells } from '../support/upstream/fault-matrix.js';

/** On a quiet machine. */
const SLACK_MS = 2_000;

/** The matrix of `npm test` with every number of repetitions, on both databases. */
for (const dialect of DIALECTS) describeFaultMatrix(dialect, cells(3, [0, 1, 2, 3]), SLACK_MS);
