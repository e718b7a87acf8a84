import { Series } from './series.js';
import { type Labels, labelText, line } from './text-format.js';

/** One metric of the page. */
export interface MetricFamily {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** Its lines as of now. */
  lines(): readonly string[] | Promise<readonly string[]>;
}

/** A metric with its head, as it stands on the page. */
export async function familyText(family: MetricFamily): Promise<string> {
  const { name, help, type } = family;
  const lines = await family.lines();
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines, ''].join('\n');
}

export interface Sample {
  /** Or the text of them, where it is known. */
  readonly labels: Labels | string;
  readonly value: number;
}

/** A metric whose values are looked up when they are asked for. */
export function gauge(
  name: string,
  help: string,
  samples: () => readonly Sample[] | Promise<readonly Sample[]>,
): MetricFamily {
  const textOf = (labels: Sample['labels']) =>
    typeof labels === 'string' ? labels : labelText(labels);
  return {
    name,
    help,
    type: 'gauge',
    lines: async () =>
      (await samples()).map(({ labels, value }) => line(name, textOf(labels), value)),
  };
}

/** What only grows. */
export class Counter implements MetricFamily {
  readonly type = 'counter';
  private readonly series: Series<{ value: number }>;

  constructor(
    readonly name: string,
    readonly help: string,
    labels: readonly string[],
  ) {
    this.series = new Series(labels, () => ({ value: 0 }));
  }

  /** `values` in the order of the labels. */
  add(amount: number, ...values: readonly string[]): void {
    this.series.at(...values).value += amount;
  }

  lines(): readonly string[] {
    return this.series.all.map(({ labels, cell }) => line(this.name, labels, cell.value));
  }
}

interface Distribution {
  /** Of each bucket those that are in none before; the last is for what is above all bounds. */
  readonly counts: Float64Array;
  sum: number;
}

/** How long things take, in seconds. */
export class Histogram implements MetricFamily {
  readonly type = 'histogram';
  private readonly series: Series<Distribution>;
  private readonly bounds: readonly number[];
  private readonly boundTexts: readonly string[];

  constructor(
    readonly name: string,
    readonly help: string,
    { labels, bounds }: { labels: readonly string[]; bounds: readonly number[] },
  ) {
    this.bounds = bounds;
    this.boundTexts = [...bounds.map(String), '+Inf'].map((le) => labelText({ le }));
    const size = this.boundTexts.length;
    this.series = new Series(labels, () => ({ counts: new Float64Array(size), sum: 0 }));
  }

  /** `values` in the order of the labels. */
  observe(seconds: number, ...values: readonly string[]): void {
    const distribution = this.series.at(...values);
    let index = 0;
    while (index < this.bounds.length && seconds > this.bounds[index]!) index += 1;
    distribution.counts[index]! += 1;
    distribution.sum += seconds;
  }

  lines(): readonly string[] {
    return this.series.all.flatMap(({ labels, cell }) => this.linesOf(labels, cell));
  }

  private linesOf(labels: string, { counts, sum }: Distribution): string[] {
    const bucket = `${this.name}_bucket`;
    let count = 0;
    const lines = this.boundTexts.map((bound, index) => {
      count += counts[index]!;
      return line(bucket, `${labels},${bound}`, count);
    });
    lines.push(line(`${this.name}_sum`, labels, sum), line(`${this.name}_count`, labels, count));
    return lines;
  }
}
