const MOST_PIECES = 1024;
const NOTHING = Buffer.alloc(0);

/**
 * Bytes that come in pieces and are kept for a while. Each piece costs some hundred bytes beside its
 * own, so that many small ones are joined.
 */
export class KeptBytes {
  length = 0;
  private joined: Buffer[] = [];
  private pieces: Buffer[] = [];

  push(piece: Buffer): void {
    this.pieces.push(piece);
    this.length += piece.length;
    if (this.pieces.length < MOST_PIECES) return;
    this.joined.push(Buffer.concat(this.pieces));
    this.pieces = [];
  }

  /** All of them in one piece; they stay. */
  get all(): Buffer {
    if (this.length === 0) return NOTHING;
    if (this.joined.length > 0 || this.pieces.length > 1) {
      this.pieces = [Buffer.concat([...this.joined, ...this.pieces])];
      this.joined = [];
    }
    return this.pieces[0]!;
  }

  /** All of them in one piece; nothing is kept any more. */
  take(): Buffer {
    const { all } = this;
    if (this.length > 0) {
      this.pieces = [];
      this.length = 0;
    }
    return all;
  }
}
