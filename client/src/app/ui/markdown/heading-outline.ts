/**
 * Gives the headings of an answer levels below the page's own. Models begin anywhere and skip
 * levels; here the first heading is the highest and each step down is one level, so that people
 * who move by headings find no gaps.
 */
export class HeadingOutline {
  private static readonly FIRST_LEVEL = 3;
  private static readonly LAST_LEVEL = 6;

  constructor(private open: readonly number[] = []) {}

  /** The level for a heading written with `depth` hashes, which then is the current one. */
  next(depth: number): number {
    this.open = [...this.open.filter((outer) => outer < depth), depth];
    return Math.min(HeadingOutline.FIRST_LEVEL + this.open.length - 1, HeadingOutline.LAST_LEVEL);
  }

  /** Names the state, for keys of what depends on it. */
  get key(): string {
    return this.open.join('.');
  }

  copy(): HeadingOutline {
    return new HeadingOutline(this.open);
  }
}
