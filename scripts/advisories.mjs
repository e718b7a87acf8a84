import { ACCEPTED_ADVISORIES } from './dependency-rules.mjs';
import { Failure } from './failure.mjs';
import { npm } from './npm.mjs';
import { root } from './paths.mjs';

const ASKING = [
  'audit',
  '--json',
  '--package-lock-only',
  '--fetch-retries=0',
  '--fetch-timeout=20000',
];
const GRAVE = new Set(['high', 'critical']);

/**
 * Asks the registry what is known against the packages of the lock file; throws a Failure for what
 * is grave and not accepted. Answers a note where it could not ask: that alone stops nobody.
 */
export async function checkAdvisories(now = new Date()) {
  const { stdout } = await npm(ASKING, root);
  const { note, problems } = judgeAudit(stdout, ACCEPTED_ADVISORIES, now);
  if (problems.length > 0) {
    throw new Failure(
      'Update these packages. Where that is not possible yet, accept the advisory in scripts/dependency-rules.mjs with the reason and a day.',
      { output: problems.join('\n') },
    );
  }
  return note;
}

/** What npm's report means: `note` if it is none, `problems` that must be mended. */
export function judgeAudit(report, accepted, now) {
  const said = parsed(report);
  if (!said?.vulnerabilities) {
    const why = said?.message ?? said?.error?.summary ?? 'it gave no answer';
    return {
      problems: [],
      note: `Known vulnerabilities were NOT looked up: the registry cannot be asked (${why}).`,
    };
  }
  const found = advisoriesIn(said.vulnerabilities).filter(({ severity }) => GRAVE.has(severity));
  const today = now.toISOString().slice(0, 10);
  const problems = found.flatMap((advisory) => {
    const rule = accepted.find(({ id }) => id === advisory.id);
    if (rule && rule.until >= today) return [];
    const end = rule ? ` It was accepted until ${rule.until}.` : '';
    return [
      `${advisory.name} (${advisory.severity}): ${advisory.title}, ${advisory.id}, in ${advisory.range}.${end}`,
    ];
  });
  return { problems, note: undefined };
}

/** Each advisory once; a package that only depends on one that has it is not named again. */
function advisoriesIn(vulnerabilities) {
  const all = Object.values(vulnerabilities).flatMap(({ via }) =>
    via.filter((cause) => typeof cause === 'object'),
  );
  const byId = new Map(
    all.map(({ name, severity, title, url, range }) => {
      const id = url?.split('/').at(-1) ?? title;
      return [`${id} ${name}`, { id, name, severity, title, range }];
    }),
  );
  return [...byId.values()];
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
