/** One thing that is wrong with a configuration. No field ever contains the value of a secret. */
export interface Problem {
  /** Where, as the person wrote it: `models[0].endpoints[0].url`. Empty for the file as a whole. */
  path: string;
  /** What is wrong and what to do. */
  message: string;
  found?: string;
  expected?: string;
}

/** Beyond this many, a list helps nobody. */
const MOST_SHOWN = 200;

/** All problems, one a line, each with the path it belongs to. */
export function formatProblems(problems: readonly Problem[]): string {
  const lines = problems.slice(0, MOST_SHOWN).map(formatProblem);
  const more = problems.length - lines.length;
  return [...lines, ...(more > 0 ? [`  and ${more} more`] : [])].join('\n');
}

function formatProblem({ path, message, found, expected }: Problem): string {
  const details = [
    found === undefined ? '' : `found ${found}`,
    expected === undefined ? '' : `expected ${expected}`,
  ].filter((detail) => detail !== '');
  const place = path === '' ? '' : `${path}: `;
  return `  ${place}${message}${details.length === 0 ? '' : ` (${details.join('; ')})`}`;
}

/** A configuration that cannot be used. `message` lists every problem; print it and stop. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(
    readonly file: string,
    readonly problems: readonly Problem[],
  ) {
    super(describe(file, problems));
  }
}

function describe(file: string, problems: readonly Problem[]): string {
  const only = problems.length === 1 ? problems[0] : undefined;
  if (only?.path === '') return only.message;
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  return `${file} has ${count}:\n${formatProblems(problems)}`;
}
