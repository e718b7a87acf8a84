import { KeptBytes } from './kept-bytes.js';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const COLON = 0x3a;
/** Of UTF-8; some clients take it for a part of the first line. */
const MARK = Buffer.from('\uFEFF');
/** An event that is longer is passed on in parts, unread, unless more is allowed. */
const MOST_KEPT_BYTES = 1024 * 1024;
const DATA = 'data:';

/**
 * Cuts the bytes of an event stream where events end: at empty lines, with or without carriage
 * returns. The bytes stay as they are, but for a byte order mark; what begins an event waits until its end has come.
 */
export class StreamFrames {
  /** The bytes of the last `push` are of an event too long to keep, or of no event at all. */
  isFragment: boolean;
  /** The fragment is of a comment, which nobody reads. */
  isComment = false;
  /** How much has come of the event that is under way. */
  eventBytes = 0;
  private readonly kept = new KeptBytes();
  private hasBegun = false;
  /** Nothing of the line that comes next has come, or no more than a carriage return. */
  private isLineEmpty = true;

  /** `isOpaque`: the bytes cannot be read, and pass as they come. */
  constructor(
    private readonly isOpaque = false,
    private readonly mostKeptBytes = MOST_KEPT_BYTES,
  ) {
    this.isFragment = isOpaque;
  }

  /** All whole events that have come, in one piece; null while there is none. */
  push(chunk: Buffer): Buffer | null {
    if (this.isOpaque) return chunk;
    const end = this.endOfLastEvent(chunk);
    if (end === 0) return this.keep(chunk);
    this.isFragment = false;
    this.isComment = false;
    const events = this.kept.length === 0 ? chunk.subarray(0, end) : this.joined(chunk, end);
    if (end < chunk.length) this.kept.push(chunk.subarray(end));
    this.eventBytes = chunk.length - end;
    return this.begun(events);
  }

  /** What is left when no more comes. */
  rest(): Buffer {
    return this.begun(this.kept.take());
  }

  private keep(chunk: Buffer): Buffer | null {
    this.eventBytes += chunk.length;
    if (this.isFragment) {
      this.isComment &&= !chunk.includes(LINE_FEED);
      return chunk;
    }
    this.kept.push(chunk);
    if (this.kept.length <= this.mostKeptBytes) return null;
    this.isFragment = true;
    const fragment = this.rest();
    this.isComment = fragment[0] === COLON && !fragment.includes(LINE_FEED);
    return fragment;
  }

  private joined(chunk: Buffer, end: number): Buffer {
    this.kept.push(chunk.subarray(0, end));
    return this.kept.take();
  }

  private begun(events: Buffer): Buffer {
    if (this.hasBegun || events.length === 0) return events;
    this.hasBegun = true;
    const hasMark = events.subarray(0, MARK.length).equals(MARK);
    return hasMark ? events.subarray(MARK.length) : events;
  }

  /** The index after the last empty line of the chunk; 0 if it ends no event. */
  private endOfLastEvent(chunk: Buffer): number {
    const wasLineEmpty = this.isLineEmpty;
    const lastFeed = chunk.lastIndexOf(LINE_FEED);
    this.isLineEmpty = this.isEmptySoFar(chunk, lastFeed + 1);
    let feed = lastFeed;
    while (feed !== -1) {
      const before = feed === 0 ? -1 : chunk.lastIndexOf(LINE_FEED, feed - 1);
      const isFirst = before === -1;
      const isEmpty = isBlank(chunk, before + 1, feed) && (!isFirst || wasLineEmpty);
      if (isEmpty) return feed + 1;
      feed = before;
    }
    return 0;
  }

  private isEmptySoFar(chunk: Buffer, from: number): boolean {
    return isBlank(chunk, from, chunk.length) && (from > 0 || this.isLineEmpty);
  }
}

/** The index after the event that begins at `from`; the end of the bytes if it does not end. */
export function endOfEvent(bytes: Buffer, from: number): number {
  let line = from;
  for (;;) {
    const feed = bytes.indexOf(LINE_FEED, line);
    if (feed === -1) return bytes.length;
    if (isBlank(bytes, line, feed)) return feed + 1;
    line = feed + 1;
  }
}

/** What an event says in its `data` lines; empty for comments. */
export function dataOf(event: string): string {
  if (event.startsWith(DATA) && event.indexOf('\n') >= event.trimEnd().length) {
    return event.slice(DATA.length).trim();
  }
  const lines = event.split('\n').filter((line) => line.startsWith(DATA));
  return lines.map((line) => line.slice(DATA.length).trim()).join('\n');
}

function isBlank(bytes: Buffer, from: number, to: number): boolean {
  return to === from || (to === from + 1 && bytes[from] === CARRIAGE_RETURN);
}
