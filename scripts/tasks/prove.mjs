import { run as runTests } from './test.mjs';

/** `npm run prove [-- paths]`: the long figures (races, kills, soaks, scale) of test/prove. */
export const run = ({ args, progress }) => runTests({ args, kind: 'prove', progress });
