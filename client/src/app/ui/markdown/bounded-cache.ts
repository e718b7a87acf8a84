/** Remembers results by key and forgets the oldest beyond its size. */
export class BoundedCache<T> {
  private readonly entries = new Map<string, T>();

  constructor(private readonly size: number) {}

  get(key: string, produce: () => T): T {
    const known = this.entries.get(key);
    if (known !== undefined) return known;
    const value = produce();
    this.entries.set(key, value);
    if (this.entries.size > this.size) this.forgetOldest();
    return value;
  }

  private forgetOldest(): void {
    const oldest = this.entries.keys().next();
    if (!oldest.done) this.entries.delete(oldest.value);
  }
}
