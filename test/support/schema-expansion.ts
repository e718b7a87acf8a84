/** A column as `PRAGMA table_info` tells it. */
export interface ColumnFacts {
  name: string;
  type: string;
  notnull: number;
  dflt_value: string | null;
}

export type Schema = ReadonlyMap<string, readonly ColumnFacts[]>;

/**
 * What of a change of the schema a server that does not know it would stumble over: it goes on
 * naming the tables and columns that it knows, and does not name those that came.
 */
export function breakages(before: Schema, after: Schema): string[] {
  return [...before].flatMap(([table, columns]) => {
    const now = after.get(table);
    if (!now) return [`${table} is gone`];
    const known = new Map(columns.map((column) => [column.name, column]));
    const lost = columns.filter(({ name }) => !now.some((each) => each.name === name));
    return [
      ...lost.map(({ name }) => `${table}.${name} is gone`),
      ...now.flatMap((column) => changes(table, known.get(column.name), column)),
    ];
  });
}

function changes(table: string, before: ColumnFacts | undefined, now: ColumnFacts): string[] {
  const name = `${table}.${now.name}`;
  const isDemanded = now.notnull === 1 && now.dflt_value === null;
  if (!before) return isDemanded ? [`${name} must be set`] : [];
  return [
    ...(before.type === now.type ? [] : [`${name} is another type`]),
    ...(before.notnull === 0 && isDemanded ? [`${name} must be set`] : []),
  ];
}
