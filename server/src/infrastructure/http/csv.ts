export type CsvCell = string | number | boolean | Date | null;

const FORMULA = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /["\n\r,;]/;

/**
 * One line of CSV (RFC 4180). Text that a spreadsheet would take for a formula gets an apostrophe in
 * front, so that opening an export runs nothing.
 */
export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: CsvCell): string {
  if (cell === null) return '';
  if (cell instanceof Date) return cell.toISOString();
  if (typeof cell !== 'string') return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
