import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg } from 'node:os';
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
  /** What else the machine was doing before: programs that wanted a core, over the last minute. */
  loadBefore: number;
  note: string;
}

export function circumstances(): Circumstances {
  return {
    date: new Date().toISOString(),
    node: process.version,
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    loadBefore: loadavg()[0]!,
    note: 'with keys, limits, access, holds, settlements and the request log',
  };
}

/** The report as text: a header line, then a Markdown table. */
export function render(where: Circumstances, sections: readonly Section[]): string {
  const { date, node, cores, processor, loadBefore, note } = where;
  const header = `Node ${node}, ${cores} cores (${processor}), ${date.slice(0, 16)}Z, load before ${loadBefore.toFixed(1)}; ${note}.`;
  const lines = [['figure', 'bare relay', 'Lumen', 'ratio or added (range)', 'promise', '']];
  for (const { database, rows } of sections) {
    for (const { figure, relay, lumen, compared, promise } of rows) {
      const verdict = promise ? (promise.isMet ? 'met' : 'missed') : '';
      const name = `${shortName(database)}: ${figure}`;
      lines.push([name, relay, lumen, compared, promise?.text ?? '–', verdict]);
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
