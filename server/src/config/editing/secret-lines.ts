import { type SecretSpot, soundsSecret } from './secret-spot.js';

/** What stands between the beginning of a line and its text: indentation, and the sign of a comment. */
const MARGIN = /^[ \t]*(?:#[ \t#]*)?/;
const NAME = /([\w-]+)["']?[ \t]*:/g;
/** A value that begins with the next line, such as `|`, `[` or nothing. */
const GOES_ON = /^(?:[&!]\S*[ \t]*)*(?:[|>][-+\d]*|[[{])?[ \t]*$/;
const ITEM = /^(?:-[ \t]+)+/;

interface Line {
  /** Where its text begins, in the file and in the line. */
  start: number;
  column: number;
  /** Where it is indented to, by a comment's sign where it is one. */
  edge: number;
  text: string;
  isComment: boolean;
}

/**
 * Secrets where no tree tells what belongs to what, line by line: those that a name in a comment
 * leaves to the lines below it, and in a file that cannot be read all that follows a name, whatever
 * it looks like, and whatever stands below it further in.
 */
export function secretLines(text: string, isReadable: boolean): SecretSpot[] {
  const spots: SecretSpot[] = [];
  let open: { kind: string; column: number; isComment: boolean } | null = null;
  for (const line of linesOf(text)) {
    if (open !== null && belongsTo(line, open)) spots.push(...spotOf(line, open.kind));
    else if (line.text !== '') {
      const found = nameIn(line);
      open = null;
      if (found === null || (isReadable && !line.isComment)) continue;
      const goesOn = GOES_ON.test(found.rest.text);
      if (!isReadable && !goesOn) spots.push(...spotOf(found.rest, found.kind));
      // A value that is cut in the middle may go on as well.
      if (goesOn || !isReadable) open = { ...found, isComment: line.isComment };
    }
  }
  return spots;
}

function* linesOf(text: string): Generator<Line> {
  let begin = 0;
  for (const whole of text.split('\n')) {
    const margin = MARGIN.exec(whole)![0];
    const rest = whole.slice(margin.length).trimEnd();
    const isComment = margin.includes('#');
    const column = margin.length;
    const edge = isComment ? margin.indexOf('#') : column;
    yield { start: begin + column, column, edge, text: rest, isComment };
    begin += whole.length + 1;
  }
}

/** The first name that sounds like a secret, and what follows it. */
function nameIn({ text, start, column }: Line) {
  for (const { 0: all, 1: name = '', index } of text.matchAll(NAME)) {
    if (!soundsSecret(name)) continue;
    const after = text.slice(index + all.length);
    const skipped = index + all.length + (after.length - after.trimStart().length);
    const rest = { start: start + skipped, text: text.slice(skipped) };
    return { kind: `?${name.toLowerCase()}`, column: column + keyColumn(text), rest };
  }
  return null;
}

/** A key behind the sign of a list stands further in. */
const keyColumn = (text: string) => ITEM.exec(text)?.[0].length ?? 0;

function belongsTo(line: Line, open: { column: number; isComment: boolean }): boolean {
  if (line.text === '' || (open.isComment && !line.isComment)) return false;
  const column = open.isComment ? line.column : line.edge;
  return column > open.column || (column === open.column && ITEM.test(line.text));
}

function spotOf({ text, start }: Pick<Line, 'text' | 'start'>, kind: string): SecretSpot[] {
  const lead = ITEM.exec(text)?.[0].length ?? 0;
  const value = text.slice(lead);
  if (!/\w/.test(value)) return [];
  return [{ start: start + lead, end: start + text.length, kind, value }];
}
