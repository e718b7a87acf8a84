import { Injectable } from '@nestjs/common';
import { UsageDatabase } from '../usage-database.service.js';
import { type UsageFilter } from './rollup-parts.js';

/** Owners of one hour who have no number get the next ones; whoever does the same gets in the way. */
const ADD = `INSERT INTO usage_packed_owners (number, kind, owner_id)
  SELECT (SELECT COALESCE(MAX(number), -1) FROM usage_packed_owners)
      + ROW_NUMBER() OVER (ORDER BY used.owner_kind, used.owner_id), used.owner_kind, used.owner_id
    FROM (SELECT DISTINCT owner_kind, owner_id FROM usage_hourly WHERE hour = ?) AS used
    LEFT JOIN usage_packed_owners AS known
      ON known.kind = used.owner_kind AND known.owner_id = used.owner_id
    WHERE known.number IS NULL
  ON CONFLICT DO NOTHING`;
const READ =
  'SELECT number, kind, owner_id FROM usage_packed_owners WHERE number >= ? ORDER BY number';

/** The numbers that stand for owners in packed days. What was read once is kept: nothing of it changes. */
@Injectable()
export class PackedOwnersRepository {
  private readonly kinds: string[] = [];
  private readonly ids: string[] = [];
  private readonly numbers = new Map<string, number>();

  constructor(private readonly database: UsageDatabase) {}

  /** Gives numbers to everybody who used something in an hour. */
  async add(hour: number): Promise<void> {
    await this.database.change(ADD, [hour]);
  }

  /** The ids of all that there are now, by their numbers. */
  async current(): Promise<readonly string[]> {
    const rows = await this.database.rows(READ, [this.ids.length]);
    for (const [number, kind, id] of rows as [string | number, string, string][]) {
      this.kinds[Number(number)] = kind;
      this.ids[Number(number)] = id;
      this.numbers.set(`${kind} ${id}`, Number(number));
    }
    return this.ids;
  }

  /** @throws Error for somebody without one */
  numberOf(kind: string, id: string): number {
    const number = this.numbers.get(`${kind} ${id}`);
    if (number === undefined) throw new Error('An owner has no number yet.');
    return number;
  }

  /** 1 for each who is asked for, by their numbers. */
  wanted({ ownerKind, ownerIds }: UsageFilter): Uint8Array {
    const found = new Uint8Array(this.ids.length);
    if (!ownerIds)
      for (const [n, kind] of this.kinds.entries()) found[n] = kind === ownerKind ? 1 : 0;
    for (const id of ownerIds ?? []) {
      const number = this.numbers.get(`${ownerKind} ${id}`);
      if (number !== undefined) found[number] = 1;
    }
    return found;
  }
}
