/** What is told of a text: its beginning, if it is longer than may be. */
export interface TakenText {
  readonly text: string;
  readonly isCut: boolean;
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** What no text has: control characters, but for those of lines, pages and coloured output. */
// eslint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f]/g;
/** And those that stand in for bytes to which windows-1252 gives no meaning. */
const C1_CONTROLS = /[\u0080-\u009f]/;
/** Of all characters, in what is text by its encoding: logs of terminals have some. */
const MOST_CONTROLS = 1 / 100;

/** Texts as they are written today: UTF-8, and what says at its beginning that it is UTF-16. */
export function encodingOf(head: Buffer): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

/**
 * Takes the first `mostChars` of a text and makes sure that all of it is one; null: it is not. The
 * whole is never in memory.
 */
export async function readText(
  chunks: AsyncIterable<Buffer>,
  encoding: Encoding,
  mostChars: number,
): Promise<TakenText | null> {
  const taker = new TextTaker(encoding, mostChars);
  for await (const chunk of chunks) if (!taker.take(chunk)) return null;
  return taker.end();
}

/** The first `mostChars` of a text that is there, no character cut in half. */
export function cutText(text: string, mostChars: number): TakenText {
  if (text.length <= mostChars) return { text, isCut: false };
  const last = text.charCodeAt(mostChars - 1);
  const isHalf = last >= 0xd800 && last <= 0xdbff;
  return { text: text.slice(0, isHalf ? mostChars - 1 : mostChars), isCut: true };
}

class TextTaker {
  private readonly decoder: InstanceType<typeof TextDecoder>;
  private readonly taken: string[] = [];
  private chars = 0;
  private controls = 0;

  constructor(
    private readonly encoding: Encoding,
    private readonly mostChars: number,
  ) {
    this.decoder = new TextDecoder(encoding, { fatal: true });
  }

  /** False: this is no text. */
  take(chunk: Buffer): boolean {
    const decoded = this.decode(chunk);
    return decoded !== null && this.keep(decoded);
  }

  end(): TakenText | null {
    const rest = this.decode();
    if (rest === null || !this.keep(rest)) return null;
    if (this.controls > this.chars * MOST_CONTROLS) return null;
    return cutText(this.taken.join(''), this.mostChars);
  }

  private decode(chunk?: Buffer): string | null {
    try {
      return this.decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      return null;
    }
  }

  private keep(decoded: string): boolean {
    const controls = decoded.match(CONTROLS)?.length ?? 0;
    if (decoded.includes('\0')) return false;
    if (this.encoding === 'windows-1252' && (controls > 0 || C1_CONTROLS.test(decoded))) {
      return false;
    }
    // One more than may be, so that it shows that there was more.
    if (this.chars <= this.mostChars) this.taken.push(decoded);
    this.chars += decoded.length;
    this.controls += controls;
    return true;
  }
}
