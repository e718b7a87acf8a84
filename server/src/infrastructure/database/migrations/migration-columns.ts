import { type TableColumnOptions } from 'typeorm';

/** The vocabulary of migrations: the same types as `columns.ts`, on both databases. */
type Extra = Pick<TableColumnOptions, 'isNullable'>;

export const id = (): TableColumnOptions => ({
  name: 'id',
  type: 'varchar',
  length: '36',
  isPrimary: true,
});

export const reference = (name: string, extra: Extra = {}): TableColumnOptions => ({
  name,
  type: 'varchar',
  length: '36',
  ...extra,
});

export const text = (name: string, length: number, extra: Extra = {}): TableColumnOptions => ({
  name,
  type: 'varchar',
  length: String(length),
  ...extra,
});

export const integer = (name: string, extra: Extra = {}): TableColumnOptions => ({
  name,
  type: 'bigint',
  ...extra,
});

/** Milliseconds since 1970 UTC. */
export const time = integer;

export const flag = (name: string, extra: Extra = {}): TableColumnOptions => ({
  name,
  type: 'boolean',
  ...extra,
});

/** Text of any length, JSON included. */
export const longText = (name: string, extra: Extra = {}): TableColumnOptions => ({
  name,
  type: 'text',
  ...extra,
});

export const optional: Extra = { isNullable: true };
