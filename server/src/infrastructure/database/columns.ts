import { Column, PrimaryColumn, type ColumnOptions, type ValueTransformer } from 'typeorm';

/**
 * The column types of Lumen, each valid on SQLite and PostgreSQL alike, so that one set of entities
 * and migrations serves both and every query means the same on both.
 * Times are whole milliseconds since 1970 UTC in a bigint: see docs/decisions/two-databases.md.
 */
const timeTransformer: ValueTransformer = {
  to: (value: Date | null | undefined) => (value instanceof Date ? value.getTime() : value),
  from: (value: string | number | null) => (value === null ? null : new Date(Number(value))),
};

const integerTransformer: ValueTransformer = {
  to: (value: number | null | undefined) => value,
  from: (value: string | number | null) => (value === null ? null : Number(value)),
};

const amountTransformer: ValueTransformer = {
  to: (value: bigint | null | undefined) => value?.toString() ?? value,
  from: (value: string | number | null) => (value === null ? null : BigInt(value)),
};

const jsonTransformer: ValueTransformer = {
  to: (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value)),
  from: (value: string | null) => (value === null ? null : (JSON.parse(value) as unknown)),
};

/** No defaults in the database: the two spell some of them differently, and the application sets all. */
type Options = Pick<ColumnOptions, 'nullable' | 'name'>;

/** UUIDv7 text made by the application (`newId`). */
export const IdColumn = (): PropertyDecorator => PrimaryColumn({ type: 'varchar', length: 36 });

/** The id of a row of another table. */
export const ReferenceColumn = (name: string, options: Options = {}): PropertyDecorator =>
  Column({ type: 'varchar', length: 36, name, ...options });

export const TextColumn = (length: number, options: Options = {}): PropertyDecorator =>
  Column({ type: 'varchar', length, ...options });

/** Text of any length. */
export const LongTextColumn = (name: string, options: Options = {}): PropertyDecorator =>
  Column({ type: 'text', name, ...options });

/** Any JSON value, kept as text on both databases. */
export const JsonColumn = (name: string, options: Options = {}): PropertyDecorator =>
  Column({ type: 'text', name, transformer: jsonTransformer, ...options });

/** A `Date` with milliseconds. */
export const TimeColumn = (name: string, options: Options = {}): PropertyDecorator =>
  Column({ type: 'bigint', name, transformer: timeTransformer, ...options });

/** A whole number up to 2^53. */
export const IntegerColumn = (name: string, options: Options = {}): PropertyDecorator =>
  Column({
    type: 'bigint',
    name,
    transformer: integerTransformer,
    ...options,
  });

/**
 * A `bigint`: nano-coins or tokens, beyond what a number can tell apart. SQLite answers it through
 * entities only as exactly as a number can be: amounts are read by statements that ask for text.
 */
export const AmountColumn = (name: string, options: Options = {}): PropertyDecorator =>
  Column({ type: 'bigint', name, transformer: amountTransformer, ...options });

export const FlagColumn = (name: string, options: Options = {}): PropertyDecorator =>
  Column({ type: 'boolean', name, ...options });
