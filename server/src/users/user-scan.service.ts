import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { User } from './user.entity.js';

/** What a look at everybody needs of one person. */
export interface ScannedUser {
  id: string;
  email: string;
  name: string;
  isActive: boolean;
  /** Of the last login; null for who never logged in by a provider. */
  claims: Readonly<Record<string, unknown>> | null;
}

/** Few enough that even people with very long claims are read in milliseconds. */
const ROWS = 100;
const LONGEST_TURN_MS = 8;

/** Walks over everybody, however many, without holding up requests meanwhile. */
@Injectable()
export class UserScanService {
  constructor(@InjectRepository(User) private readonly users: Repository<User>) {}

  /**
   * Shows `visit` everybody, by id. Gives way to others every few milliseconds, the time that
   * `visit` takes included, and stops with the signal's reason when whoever asked has left.
   */
  async visitAll(visit: (user: ScannedUser) => void, signal?: AbortSignal): Promise<void> {
    let after = '';
    for (;;) {
      const rows = await this.read(after);
      let turnStartedMs = performance.now();
      for (const row of rows) {
        visit(scanned(row));
        if (performance.now() - turnStartedMs < LONGEST_TURN_MS) continue;
        await nextTurn();
        turnStartedMs = performance.now();
      }
      if (rows.length < ROWS) return;
      after = rows.at(-1)!.id;
      await nextTurn();
      signal?.throwIfAborted();
    }
  }

  /** Rows as they are: TypeORM would parse the claims of all of them in one go. */
  private read(after: string): Promise<Row[]> {
    return this.users
      .createQueryBuilder('person')
      .select('person.id', 'id')
      .addSelect('person.email', 'email')
      .addSelect('person.name', 'name')
      .addSelect('person.isActive', 'active')
      .addSelect('person.claims', 'claims')
      .where('person.id > :after', { after })
      .orderBy('person.id')
      .limit(ROWS)
      .getRawMany<Row>();
  }
}

interface Row {
  id: string;
  email: string;
  name: string;
  active: boolean | number;
  claims: string | null;
}

function scanned({ id, email, name, active, claims }: Row): ScannedUser {
  const parsed = claims === null ? null : (JSON.parse(claims) as ScannedUser['claims']);
  return { id, email, name, isActive: Boolean(active), claims: parsed };
}
