export interface FuzzRuns {
  seed: number;
  runs: number;
}

/** The seed of a fuzz: `FUZZ_SEED` if it is set, to see a failure again; else this one. */
export function fuzzSeed(usual: number): number {
  const given = Number(process.env['FUZZ_SEED'] ?? usual);
  process.stdout.write(`fuzz seed ${given} (FUZZ_SEED repeats it)\n`);
  return given;
}
