/** One line of a page of metrics. */
export interface TextSample {
  /** With its suffix, where it has one: `…_bucket`. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface TextFamily {
  readonly help: string;
  readonly type: string;
  readonly samples: TextSample[];
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const COMMENT = new RegExp(`^# (HELP|TYPE) (${NAME}) (.+)$`);
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(.*)\\})? (\\S+)$`);
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(,|$)/y;
const TYPES = ['counter', 'gauge', 'histogram', 'summary'];
const HISTOGRAM_PARTS = ['_bucket', '_sum', '_count'];

/** A page in Prometheus' text format 0.0.4, read as strictly as it is specified, and more. */
export class PrometheusPage {
  readonly families = new Map<string, TextFamily>();
  private readonly helps = new Map<string, string>();
  private readonly seen = new Set<string>();
  private current = '';

  constructor(text: string) {
    if (!text.endsWith('\n')) throw new Error('The last line does not end.');
    for (const line of text.slice(0, -1).split('\n')) {
      if (line.startsWith('#')) this.comment(line);
      else if (line !== '') this.sample(line);
    }
    for (const [name, family] of this.families) {
      if (family.type === 'histogram') checkHistogram(name, family.samples);
    }
  }

  /** The sum of a metric's lines that have these labels. */
  sum(name: string, labels: Readonly<Record<string, string>> = {}): number {
    const wanted = Object.entries(labels);
    return this.samples(name)
      .filter((sample) => wanted.every(([label, value]) => sample.labels[label] === value))
      .reduce((sum, { value }) => sum + value, 0);
  }

  /** The lines of a metric, or of a part of it such as `…_count`. */
  samples(name: string): readonly TextSample[] {
    const all = this.families.get(name) ?? this.families.get(name.replace(/_[a-z]+$/, ''));
    return all?.samples.filter((sample) => sample.name === name) ?? [];
  }

  private comment(line: string): void {
    const [, kind, name, rest] = COMMENT.exec(line) ?? fail(line);
    if (kind === 'HELP') {
      if (this.helps.has(name!)) fail(line);
      this.helps.set(name!, rest!);
      return;
    }
    const help = this.helps.get(name!) ?? fail(line);
    if (this.families.has(name!) || !TYPES.includes(rest!)) fail(line);
    this.families.set(name!, { help, type: rest!, samples: [] });
    this.current = name!;
  }

  private sample(line: string): void {
    const [, name, labelText, value] = SAMPLE.exec(line) ?? fail(line);
    const family = this.families.get(this.current) ?? fail(line);
    const isPart = family.type === 'histogram' || family.type === 'summary';
    const names = isPart ? HISTOGRAM_PARTS.map((part) => this.current + part) : [this.current];
    if (!names.includes(name!)) fail(line);
    const labels = labelsOf(labelText ?? '', line);
    const key = `${name} ${JSON.stringify(Object.entries(labels).sort())}`;
    if (this.seen.has(key)) fail(`${line} (twice)`);
    this.seen.add(key);
    const number = value === '+Inf' ? Infinity : Number(value);
    if (Number.isNaN(number)) fail(line);
    family.samples.push({ name: name!, labels, value: number });
  }
}

function labelsOf(text: string, line: string): Record<string, string> {
  const labels: Record<string, string> = {};
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < text.length) {
    const [, name, value] = LABEL.exec(text) ?? fail(line);
    if (Object.hasOwn(labels, name!)) fail(line);
    labels[name!] = value!.replace(/\\(.)/g, (_all, char: string) => (char === 'n' ? '\n' : char));
  }
  return labels;
}

/** Buckets only grow, and the last of them has everything. */
function checkHistogram(name: string, samples: readonly TextSample[]): void {
  const series = new Map<string, { last: number; bound: number; count: number | null }>();
  for (const sample of samples) {
    const { le, ...labels } = sample.labels;
    const key = JSON.stringify(labels);
    const known = series.get(key) ?? { last: 0, bound: -Infinity, count: null };
    series.set(key, known);
    if (sample.name.endsWith('_count')) known.count = sample.value;
    if (le === undefined) continue;
    const bound = le === '+Inf' ? Infinity : Number(le);
    if (bound <= known.bound || sample.value < known.last) fail(`${name} ${key} at ${le}`);
    Object.assign(known, { last: sample.value, bound });
  }
  for (const [key, { last, bound, count }] of series) {
    if (bound !== Infinity || count !== last) fail(`${name} ${key}`);
  }
}

function fail(line: string): never {
  throw new Error(`Not in the format: ${line}`);
}
