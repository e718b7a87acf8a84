import { describeFaultMatrix } from '../support/lumen/fault-matrix-tests.js';
import { cells } from '../support/upstream/fault-matrix.js';

describeFaultMatrix('sqlite', cells(3, [2]));
