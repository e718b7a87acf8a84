import { NARROW_AMOUNTS } from './narrow-sums.js';

const FIRST_BYTES = 256 * 1024;
const LOW_BITS = 127;
const HIGH_BIT = 128;
const LONGEST_NUMBER = 8;

/** Whole numbers, seven bits a byte, the lowest first. */
export class NumberWriter {
  private bytes = new Uint8Array(FIRST_BYTES);
  private length = 0;

  write(value: number): void {
    if (value < 0) throw new RangeError(`A sum of usage is ${value}; it cannot be packed.`);
    if (this.length + LONGEST_NUMBER > this.bytes.length) this.grow();
    let rest = value;
    while (rest > LOW_BITS) {
      this.bytes[this.length] = (rest % HIGH_BIT) + HIGH_BIT;
      this.length += 1;
      rest = Math.floor(rest / HIGH_BIT);
    }
    this.bytes[this.length] = rest;
    this.length += 1;
  }

  /** Begins a part; what it answers ends it and puts its length before it. */
  open(number: number): () => void {
    this.write(number);
    const start = this.length;
    return () => {
      const end = this.length;
      this.write(end - start);
      const digits = this.bytes.slice(end, this.length);
      this.bytes.copyWithin(start + digits.length, start, end);
      this.bytes.set(digits, start);
    };
  }

  text(): string {
    return Buffer.from(this.bytes.buffer, 0, this.length).toString('base64');
  }

  private grow(): void {
    const larger = new Uint8Array(this.bytes.length * 2);
    larger.set(this.bytes);
    this.bytes = larger;
  }
}

/** Reads what a `NumberWriter` wrote. */
export class NumberReader {
  at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get isAtEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  next(): number {
    const { bytes } = this;
    let { at } = this;
    let byte = bytes[at]!;
    let value = byte & LOW_BITS;
    for (let unit = HIGH_BIT; byte >= HIGH_BIT; unit *= HIGH_BIT) {
      at += 1;
      byte = bytes[at]!;
      value += (byte & LOW_BITS) * unit;
    }
    this.at = at + 1;
    return value;
  }

  /** Where the part ends whose length is next. */
  end(): number {
    const length = this.next();
    return this.at + length;
  }

  /** Adds the amounts of the next number to its place. */
  addAmounts(sums: Float64Array): void {
    this.addTo(sums, this.next() * NARROW_AMOUNTS);
  }

  /** Adds the next amounts: `next` in a loop, which takes half the time. */
  addTo(sums: Float64Array, start: number): void {
    const { bytes } = this;
    let { at } = this;
    for (let place = start; place < start + NARROW_AMOUNTS; place += 1) {
      let byte = bytes[at]!;
      let value = byte & LOW_BITS;
      for (let unit = HIGH_BIT; byte >= HIGH_BIT; unit *= HIGH_BIT) {
        at += 1;
        byte = bytes[at]!;
        value += (byte & LOW_BITS) * unit;
      }
      sums[place]! += value;
      at += 1;
    }
    this.at = at;
  }
}
