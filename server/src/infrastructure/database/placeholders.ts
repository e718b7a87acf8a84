import { type DataSource } from 'typeorm';

/** A statement written with `?`, as the database at hand spells it. It has no other `?` in it. */
export function placeholders(dataSource: DataSource, sql: string): string {
  if (dataSource.options.type !== 'postgres') return sql;
  let count = 0;
  return sql.replace(/\?/g, () => `$${(count += 1)}`);
}
