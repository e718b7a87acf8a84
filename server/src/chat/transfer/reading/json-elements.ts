/** One value of the list at the top of a file, or the only value there is. */
export type JsonElement =
  | { readonly kind: 'text'; readonly place: number; readonly bytes: Buffer }
  | { readonly kind: 'refused'; readonly place: number; readonly reason: string };

export interface ElementLimits {
  readonly mostBytes: number;
  readonly mostDepth: number;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
/** Of a mark that some put in front of UTF-8. */
const MARK: ReadonlySet<number> = new Set([0xef, 0xbb, 0xbf]);

/** The file is not such a file at all. */
export class NotJsonError extends Error {}

/**
 * Takes a large JSON file apart while it is read: of a list, one element after the other, so that no
 * more than one of them is in memory. Whether an element is JSON is for others to say.
 */
export class JsonElements {
  private where: 'before' | 'list' | 'only' | 'behind' = 'before';
  private place = 0;
  private depth = 0;
  private isInText = false;
  private isEscaped = false;
  /** An element has begun, and not with a bracket. */
  private isBare = false;
  private parts: Buffer[] = [];
  private bytes = 0;
  private refusal: string | null = null;

  constructor(private readonly limits: ElementLimits) {}

  /** The elements that end in this piece of the file. @throws NotJsonError */
  *push(piece: Buffer): Generator<JsonElement> {
    let from = 0;
    for (let at = 0; at < piece.length; at += 1) {
      const byte = piece[at]!;
      if (this.depth === 0 && !this.isBare) {
        if (!this.begins(byte)) continue;
        from = at;
      }
      if (!this.ends(byte)) continue;
      this.keep(piece.subarray(from, this.isBare ? at : at + 1));
      yield this.take();
      if (byte === CLOSE_LIST && this.isBare) this.where = 'behind';
      this.isBare = false;
    }
    if (this.depth > 0 || this.isBare) this.keep(piece.subarray(from));
  }

  /** What is left when the file has ended. @throws NotJsonError: there was nothing in it */
  *end(): Generator<JsonElement> {
    if (this.where === 'before') throw new NotJsonError('The file is empty.');
    if (this.depth > 0 || this.isBare) {
      this.refusal ??= 'the file ends in the middle of it';
      yield this.take();
    }
  }

  /** Between elements: whether one begins with this byte. */
  private begins(byte: number): boolean {
    if (isSpace(byte) || this.where === 'behind') return false;
    if (this.where === 'before') {
      if (MARK.has(byte)) return false;
      if (byte !== OPEN_LIST && byte !== OPEN_OBJECT) throw new NotJsonError('It is not JSON.');
      this.where = byte === OPEN_LIST ? 'list' : 'only';
      if (byte === OPEN_LIST) return false;
    }
    if (byte === COMMA) return false;
    if (byte === CLOSE_LIST) {
      this.where = 'behind';
      return false;
    }
    this.isBare = byte !== OPEN_OBJECT && byte !== OPEN_LIST;
    return true;
  }

  /** Within an element: whether it ends with this byte, or before it if it is bare. */
  private ends(byte: number): boolean {
    if (this.isInText) {
      if (this.isEscaped) this.isEscaped = false;
      else if (byte === BACKSLASH) this.isEscaped = true;
      else if (byte === QUOTE) this.isInText = false;
      return false;
    }
    if (byte === QUOTE) this.isInText = true;
    else if (this.isBare) return byte === COMMA || byte === CLOSE_LIST;
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      this.depth += 1;
      if (this.depth > this.limits.mostDepth) this.refusal ??= 'it is nested too deeply';
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      this.depth -= 1;
      return this.depth === 0;
    }
    return false;
  }

  private keep(bytes: Buffer): void {
    this.bytes += bytes.length;
    if (this.bytes > this.limits.mostBytes) this.refusal ??= 'it is too large';
    if (this.refusal === null) this.parts.push(bytes);
    else this.parts = [];
  }

  private take(): JsonElement {
    const { refusal, parts } = this;
    this.place += 1;
    this.depth = 0;
    this.bytes = 0;
    this.refusal = null;
    this.parts = [];
    if (this.where === 'only') this.where = 'behind';
    const { place } = this;
    if (refusal !== null) return { kind: 'refused', place, reason: refusal };
    return { kind: 'text', place, bytes: Buffer.concat(parts) };
  }
}

const isSpace = (byte: number) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
