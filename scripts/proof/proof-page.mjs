/**
 * docs/proof.md from `{ machine, results }`: every proof with its tests and each figure beside its
 * promise. `results` are those of `keepResult`, or `{ name }` of what was never measured.
 */
export function proofPage({ machine, results }) {
  const kept = results.filter(({ isKept }) => isKept);
  const open = results.filter(({ tests }) => tests === undefined);
  const missed = results.filter((result) => !kept.includes(result) && !open.includes(result));
  return `${[
    '# Proof',
    '`npm run prove` writes this page: what Lumen promises, and what was measured. It runs what has changed\nsince it was last proven; `--again` runs everything, words after `--` only the proofs whose name has\none of them, `--page` only writes this page.',
    `${machine}`,
    `**${kept.length} of ${results.length} proofs are kept.**${named('Not kept', missed)}${named('Not measured yet', open)}`,
    ...results.map(section),
  ].join('\n\n')}\n`;
}

const named = (label, results) =>
  results.length === 0 ? '' : ` ${label}: ${results.map(({ name }) => name).join(', ')}.`;

function section(result) {
  const { name, tests } = result;
  if (tests === undefined) return `## ${name}\n\nNot measured yet.`;
  const blocks = [`## ${name}`, circumstances(result)];
  if (tests.length > 0) blocks.push(tests.map(testLine).join('\n'));
  if (result.figures.length > 0) blocks.push(table(result.figures));
  return blocks.join('\n\n');
}

function circumstances({ isKept, startedAt, tookS, commit, load }) {
  const when = `${startedAt.slice(0, 16).replace('T', ' ')} UTC`;
  const of = commit === undefined ? '' : `, commit ${commit}`;
  const verdict = isKept ? 'Kept' : '**Not kept**';
  return `${verdict}: ${when}${of}, in ${duration(tookS)}, load before ${load.toFixed(1)}.`;
}

const duration = (seconds) =>
  seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;

const testLine = ({ title, isPassed, tookS }) =>
  `- ${isPassed ? 'passed' : '**failed**'}: ${escaped(title)} (${duration(tookS)})`;

/** Rows of figures: those of test/support/proof.ts, and rows of the benchmark, which are text. */
function table(figures) {
  const rows = figures.map((figure) => ('text' in figure ? figure.text : rowOf(figure)));
  const all = [['figure', 'measured', 'promised', ''], ...rows.map((row) => row.map(escaped))];
  const widths = all[0].map((_, column) => Math.max(3, ...all.map((row) => row[column].length)));
  const line = (cells) => `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
  const [head, ...body] = all;
  return [head, widths.map((width) => '-'.repeat(width)), ...body].map(line).join('\n');
}

function rowOf({ name, measured, unit, atMost, atLeast }) {
  const bounds = [
    ...(atMost === undefined ? [] : [`≤ ${atMost}`]),
    ...(atLeast === undefined ? [] : [`≥ ${atLeast}`]),
  ];
  const isKept = measured <= (atMost ?? Infinity) && measured >= (atLeast ?? -Infinity);
  return [
    name,
    `${Number(measured.toPrecision(4))} ${unit}`,
    bounds.length === 0 ? '–' : `${bounds.join(', ')} ${unit}`,
    bounds.length === 0 ? '' : isKept ? 'kept' : 'missed',
  ];
}

const escaped = (text) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
