import { csvLine } from '../ui/charts/download';
import { type UsageRow } from './usage-table';

const COLUMNS = ['name', 'requests', 'errors', 'tokens', 'cost'] as const;

/** A table of usage as CSV, with the numbers as they are. */
export function tableFile(rows: readonly UsageRow[]): string {
  const lines = rows.map((row) => csvLine(COLUMNS.map((column) => row[column])));
  return csvLine(COLUMNS) + lines.join('');
}
