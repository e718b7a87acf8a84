import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type Measurement } from './measure.ts';
import { type Row } from './promises.ts';

const CACHE = new URL('../../.cache/', import.meta.url);

/** What was measured in front of one database. */
export interface Section {
  database: string;
  measurement: Measurement;
  rows: Row[];
}

/** Where and when it was measured. */
export interface Circumstances {
  date: string;
  node: string;
  cores: number;
  processor: string;
  note: string;
}

export function circumstances(): Circumstances {
  return {
    date: new Date().toISOString(),
    node: process.version,
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    note: 'budgets and limits are not in this version yet',
  };
}

/** The report as text: a header line, then a Markdown table. */
export function render(where: Circumstances, sections: readonly Section[]): string {
  const { date, node, cores, processor, note } = where;
  const header = `Node ${node}, ${cores} cores (${processor}), ${date.slice(0, 16)}Z; ${note}.`;
  const lines = [['figure', 'bare relay', 'Lumen', 'ratio or added (range)', 'promise', '']];
  for (const { database, rows } of sections) {
    for (const { figure, relay, lumen, compared, promise, isMet } of rows) {
      const verdict = isMet ? 'met' : 'missed';
      lines.push([`${shortName(database)}: ${figure}`, relay, lumen, compared, promise, verdict]);
    }
  }
  const databases = sections.map(({ database }) => database).join('; ');
  return `${header}\n${databases}.\n\n${table(lines)}\n`;
}

/** Keeps the figures for later comparisons; answers the path of the file. */
export async function save(where: Circumstances, sections: readonly Section[]): Promise<string> {
  await mkdir(CACHE, { recursive: true });
  const path = fileURLToPath(new URL('bench.json', CACHE));
  await writeFile(path, `${JSON.stringify({ ...where, sections }, null, 2)}\n`);
  return path;
}

const shortName = (database: string): string => database.split(/[ ,]/)[0]!;

function table([head, ...rows]: string[][]): string {
  const all = [head!, ...rows];
  const widths = head!.map((_, column) => Math.max(3, ...all.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  return [line(head!), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join(
    '\n',
  );
}
