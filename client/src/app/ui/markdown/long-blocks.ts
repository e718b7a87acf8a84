import { type Token, type Tokens } from 'marked';

/** Beyond these a block is shown in parts: the browser would lay it out in one go, for seconds. */
const MAX_ITEMS = 200;
const MAX_ROWS = 400;
const MAX_CHARACTERS = 20_000;

/**
 * The block in parts that can each be shown in a moment: a list or table of thousands as several
 * with some of its items each, a paragraph without end as several. Blocks of sensible size are
 * left alone.
 */
export function inParts(block: Token, lex: (source: string) => Token[]): Token[] {
  if (isList(block)) return listParts(block);
  if (isTable(block)) return tableParts(block);
  if (block.type === 'paragraph' && block.raw.length > MAX_CHARACTERS) {
    return pieces(block.raw, MAX_CHARACTERS).flatMap((piece) => lex(piece));
  }
  return [block];
}

/** Text cut into pieces no longer than `size`, at the end of a word where there is one. */
export function pieces(text: string, size: number): string[] {
  const found: string[] = [];
  for (let start = 0; start < text.length;) {
    const end = start + size < text.length ? cutBefore(text, start, start + size) : text.length;
    found.push(text.slice(start, end));
    start = end;
  }
  return found;
}

function cutBefore(text: string, start: number, end: number): number {
  const space = text.lastIndexOf(' ', end - 1);
  const newline = text.lastIndexOf('\n', end - 1);
  const cut = Math.max(space, newline) + 1;
  if (cut > start) return cut;
  // Never between the two halves of a character.
  return /[\uD800-\uDBFF]/.test(text.charAt(end - 1)) && end - 1 > start ? end - 1 : end;
}

function isList(block: Token): block is Tokens.List {
  return block.type === 'list';
}

function isTable(block: Token): block is Tokens.Table {
  return block.type === 'table';
}

function listParts(list: Tokens.List): Token[] {
  if (list.items.length <= MAX_ITEMS) return [list];
  return chunks(list.items, MAX_ITEMS).map((items, index) => ({
    ...list,
    items,
    raw: items.map(({ raw }) => raw).join(''),
    start: typeof list.start === 'number' ? list.start + index * MAX_ITEMS : list.start,
  }));
}

function tableParts(table: Tokens.Table): Token[] {
  if (table.rows.length <= MAX_ROWS) return [table];
  return chunks(table.rows, MAX_ROWS).map((rows, index) => ({
    ...table,
    rows,
    raw: `${index} ${rows.map((cells) => cells.map(({ text }) => text).join('|')).join('\n')}`,
  }));
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  const count = Math.ceil(all.length / size);
  return Array.from({ length: count }, (_, index) => all.slice(index * size, (index + 1) * size));
}
