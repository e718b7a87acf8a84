import { describeFaultMatrix } from '../support/lumen/fault-matrix-tests.js';
import { cells } from '../support/upstream/fault-matrix.js';

/** `npm run prove` allows a third of it. */
const SLACK_ON_A_BUSY_MACHINE_MS = 6_000;

describeFaultMatrix('sqlite', cells(3, [2]), SLACK_ON_A_BUSY_MACHINE_MS);
