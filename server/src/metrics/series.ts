import { labelText } from './text-format.js';

/** The label of what has no series of its own: unknown names, and all beyond the most that there may be. */
export const OTHER = 'other';

const MOST_SERIES = 20_000;

type Level<Cell> = Map<string, Level<Cell> | Cell>;

/**
 * The cells of one metric, one for each combination of its labels' values. Finding one is a look-up
 * a label: requests are counted without making a text of their labels. Bounded, whatever the values.
 */
export class Series<Cell> {
  /** `labels` as they stand on the page. */
  readonly all: { labels: string; cell: Cell }[] = [];
  private readonly root: Level<Cell> = new Map();

  constructor(
    private readonly names: readonly string[],
    private readonly create: () => Cell,
    private readonly most = MOST_SERIES,
  ) {}

  /** The cell of these values, in the order of the labels' names. */
  at(...values: readonly string[]): Cell {
    const last = values.length - 1;
    let level = this.root;
    for (let index = 0; index < last; index += 1) {
      const next = level.get(values[index]!) as Level<Cell> | undefined;
      if (!next) return this.add(values);
      level = next;
    }
    return (level.get(values[last]!) as Cell | undefined) ?? this.add(values);
  }

  private add(values: readonly string[]): Cell {
    const others = this.names.map(() => OTHER);
    const isFull = this.all.length >= this.most && values.some((value) => value !== OTHER);
    if (isFull) return this.at(...others);
    const cell = this.create();
    const labels = Object.fromEntries(this.names.map((name, index) => [name, values[index]!]));
    this.all.push({ labels: labelText(labels), cell });
    this.levelOf(values).set(values.at(-1)!, cell);
    return cell;
  }

  private levelOf(values: readonly string[]): Level<Cell> {
    let level = this.root;
    for (const value of values.slice(0, -1)) {
      const known = level.get(value) as Level<Cell> | undefined;
      const next: Level<Cell> = known ?? new Map<string, Level<Cell> | Cell>();
      level.set(value, next);
      level = next;
    }
    return level;
  }
}
