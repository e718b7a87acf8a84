/**
 * A text that grows at its end while several read it, each from where it is. Kept in pieces: joining
 * all of it for each reader and each word would cost more with every word.
 */
export class GrowingText {
  length: number;
  private pieces: string[];
  /** Where each piece begins. */
  private starts: number[];

  constructor(text = '') {
    this.length = text.length;
    this.pieces = text === '' ? [] : [text];
    this.starts = text === '' ? [] : [0];
  }

  append(text: string): void {
    if (text === '') return;
    this.pieces.push(text);
    this.starts.push(this.length);
    this.length += text.length;
  }

  /** What comes after so many UTF-16 units, at most `most` of them. */
  from(offset: number, most: number): string {
    if (offset >= this.length) return '';
    let taken = '';
    for (let n = this.pieceAt(offset); n < this.pieces.length && taken.length < most; n += 1) {
      const begin = Math.max(0, offset - this.starts[n]!);
      taken += this.pieces[n]!.slice(begin, begin + most - taken.length);
    }
    return taken;
  }

  whole(): string {
    if (this.pieces.length > 1) {
      this.pieces = [this.pieces.join('')];
      this.starts = [0];
    }
    return this.pieces[0] ?? '';
  }

  /** The last piece that begins at `offset` or before it. */
  private pieceAt(offset: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
