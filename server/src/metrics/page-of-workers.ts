import { type WorkerPage } from '../infrastructure/workers/worker-messages.js';

const HEAD = /^# (?:HELP|TYPE) (\S+)/;
const SAMPLE = /^([^\s{]+)(?:\{(.*)\})? (\S+)$/;

interface Family {
  readonly head: string[];
  readonly lines: string[];
}

/**
 * One page from those of several workers: each line gets the worker it comes from as a label. They
 * are not added up: a worker that is started anew begins at zero, and a sum that falls is no counter.
 */
export function pageOfWorkers(pages: readonly WorkerPage[]): string {
  const families = new Map<string, Family>();
  for (const { worker, text } of pages) addPage(families, worker, text);
  return [...families.values()].flatMap(({ head, lines }) => [...head, ...lines, '']).join('\n');
}

function addPage(families: Map<string, Family>, worker: number, text: string): void {
  let family: Family = { head: [], lines: [] };
  let isNew = true;
  for (const line of text.split('\n')) {
    const name = HEAD.exec(line)?.[1];
    if (name !== undefined) {
      if (line.startsWith('# HELP')) isNew = !families.has(name);
      family = families.get(name) ?? { head: [], lines: [] };
      families.set(name, family);
      if (isNew) family.head.push(line);
    } else if (line !== '') {
      family.lines.push(labelled(line, worker));
    }
  }
}

function labelled(line: string, worker: number): string {
  const [, name, labels, value] = SAMPLE.exec(line) ?? [];
  if (name === undefined) return line;
  return `${name}{worker="${worker}"${labels ? `,${labels}` : ''}} ${value}`;
}
