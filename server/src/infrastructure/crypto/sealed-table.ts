import { type DataSource } from 'typeorm';
import { placeholders } from '../database/placeholders.js';
import { keyIdOf, type SecretCipher, UnreadableSecretError } from './secret-cipher.js';

/** Where sealed texts stand, one a row. */
export interface SealedPlace {
  table: string;
  /** The columns that a row is found by, together and in this order. */
  keys: readonly string[];
  column: string;
  /** Joins what `placeOf` needs beside the keys; `t` is the table. */
  joins?: { tables: string; columns: string };
  /** What the text of a row is bound to. */
  placeOf: (row: Readonly<Record<string, string>>) => string;
  /** Rows that are held in memory at a time. */
  rowsAtOnce: number;
}

export interface Resealed {
  resealed: number;
  /** Sealed by a key that is not in force, or damaged; left as they are. */
  unreadable: number;
}

/** As `v1.<key id>.` begins every sealed text. */
const KEY_ID_STARTS_AT = 4;
const KEY_ID_LENGTH = 8;

type Row = Record<string, string>;

/** The sealed texts of a table, looked at and sealed anew while Lumen runs. */
export class SealedTable {
  constructor(
    private readonly dataSource: DataSource,
    private readonly cipher: SecretCipher,
    private readonly place: SealedPlace,
  ) {}

  /** How many texts each key has sealed, by the id of the key. */
  async countByKey(): Promise<Map<string, number>> {
    const { table, column } = this.place;
    const rows = await this.dataSource.query<{ key_id: string; count: string | number }[]>(
      `SELECT substr(${column}, ${KEY_ID_STARTS_AT}, ${KEY_ID_LENGTH}) AS key_id, count(*) AS count
        FROM ${table} WHERE ${column} IS NOT NULL GROUP BY 1`,
    );
    return new Map(rows.map(({ key_id: id, count }) => [id, Number(count)]));
  }

  /** Whether one text that the key with this id sealed can be opened; true if there is none. */
  async opensOneOf(keyId: string): Promise<boolean> {
    const [row] = await this.select(`substr(t.${this.place.column}, 4, 8) = ?`, [keyId], 1);
    return row === undefined || this.opened(row) !== null;
  }

  /**
   * Seals anew what an earlier key sealed. It may be ended at any time, and goes on where it was when
   * it is begun again; rows that change meanwhile are left to those who change them.
   */
  async reseal(currentKey: string): Promise<Resealed> {
    const done: Resealed = { resealed: 0, unreadable: 0 };
    const { keys, column, rowsAtOnce } = this.place;
    const columns = keys.map((key) => `t.${key}`).join(', ');
    const isOutdated = `substr(t.${column}, 4, 8) <> ?`;
    let after: string[] = [];
    for (;;) {
      const isLater = after.length === 0 ? '' : ` AND (${columns}) > (${marks(keys.length)})`;
      const values = [keyIdOf(currentKey), ...after];
      const rows = await this.select(`${isOutdated}${isLater}`, values, rowsAtOnce);
      for (const row of rows) {
        const outcome = await this.resealRow(row);
        if (outcome) done[outcome] += 1;
      }
      const last = rows.at(-1);
      if (!last || rows.length < rowsAtOnce) return done;
      after = keys.map((key) => last[key]!);
    }
  }

  private async resealRow(row: Row): Promise<keyof Resealed | null> {
    const { table, keys, column, placeOf } = this.place;
    const secret = this.opened(row);
    if (!secret) return 'unreadable';
    const isUnchanged = [...keys, column].map((key) => `${key} = ?`).join(' AND ');
    const values = [...keys, column].map((key) => row[key]!);
    await this.query(`UPDATE ${table} SET ${column} = ? WHERE ${isUnchanged}`, [
      this.cipher.sealBytes(secret, placeOf(row)),
      ...values,
    ]);
    return 'resealed';
  }

  private opened(row: Row): Buffer | null {
    try {
      return this.cipher.openBytes(row[this.place.column]!, this.place.placeOf(row));
    } catch (error) {
      if (error instanceof UnreadableSecretError) return null;
      throw error;
    }
  }

  private select(where: string, values: readonly string[], count: number): Promise<Row[]> {
    const { table, keys, column, joins } = this.place;
    const columns = [...keys, column].map((key) => `t.${key} AS ${key}`);
    const more = joins ? `, ${joins.columns}` : '';
    return this.query(
      `SELECT ${columns.join(', ')}${more} FROM ${table} AS t ${joins?.tables ?? ''}
        WHERE t.${column} IS NOT NULL AND ${where}
        ORDER BY ${keys.map((key) => `t.${key}`).join(', ')} LIMIT ${count}`,
      values,
    );
  }

  private query<T>(sql: string, values: readonly string[]): Promise<T> {
    return this.dataSource.query<T>(placeholders(this.dataSource, sql), [...values]);
  }
}

const marks = (count: number) => Array.from({ length: count }, () => '?').join(', ');
