/** Begins tasks in their order, so many at a time; the others wait for their turn. */
export class FewAtOnce {
  private readonly waiting: (() => Promise<void>)[] = [];
  private running = 0;

  constructor(private readonly most: number) {}

  /** A task must not reject. */
  add(task: () => Promise<void>): void {
    this.waiting.push(task);
    this.next();
  }

  private next(): void {
    if (this.running >= this.most) return;
    const task = this.waiting.shift();
    if (task === undefined) return;
    this.running++;
    void task().finally(() => {
      this.running--;
      this.next();
    });
  }
}
