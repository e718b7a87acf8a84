import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Brackets, EntityManager, In, IsNull, LessThan, MoreThan, Not, Repository } from 'typeorm';
import { ClockService } from '../clock/clock.service.js';
import { newId } from '../crypto/identifiers.js';
import { searchPatterns } from '../database/page.js';
import { type AuditContext } from './audit-context.js';
import { AuditEntry, type AuditOutcome } from './audit-entry.entity.js';
import { type GonePerson, withoutPerson } from './without-person.js';

/** Looked through in one statement, for which everything else stands still on SQLite. */
const ROWS_AT_ONCE = 2_000;
const CHANGED_AT_ONCE = 50;
const MENTIONING = ['actorName', 'objectName', 'before', 'after', 'reason'] as const;

/** An account that is being deleted. */
export interface GoneAccount {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly issuer: string | null;
  readonly subject: string | null;
}

export interface AuditEvent {
  /** What was done, as `object.verb`: `api_key.create`, `user.login`, `group.update`. */
  action: string;
  /** `refused` for what was tried and not allowed, such as a failed login. */
  outcome?: AuditOutcome;
  object?: { kind: string; id: string; name: string };
  /** The fields that changed, before and after. Never a secret, never the content of a chat. */
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  /** Why, in words; the reason of a refusal, or what an administrator wrote. */
  reason?: string;
}

/**
 * The append-only record of who did what to what, from where. Later two things happen to it: somebody
 * who deletes their account loses their name in it, and what is older than it is kept goes.
 */
@Injectable()
export class AuditTrailService {
  constructor(
    @InjectRepository(AuditEntry) private readonly entries: Repository<AuditEntry>,
    private readonly clock: ClockService,
  ) {}

  /**
   * Writes one line. Give the `manager` of the transaction that makes the change, so that there is
   * never a change without its line nor a line without its change.
   */
  async record(context: AuditContext, event: AuditEvent, manager?: EntityManager): Promise<void> {
    const repository = manager?.getRepository(AuditEntry) ?? this.entries;
    const entry = repository.create({
      id: newId(),
      at: this.clock.now(),
      actorKind: context.actorKind,
      actorId: context.actorId,
      actorName: context.actorName.slice(0, 320),
      action: event.action,
      outcome: event.outcome ?? 'done',
      objectKind: event.object?.kind ?? null,
      objectId: event.object?.id.slice(0, 256) ?? null,
      objectName: event.object?.name.slice(0, 320) ?? null,
      before: event.before ?? null,
      after: event.after ?? null,
      reason: event.reason?.slice(0, 2000) ?? null,
      ip: context.ip?.slice(0, 64) ?? null,
      requestId: context.requestId,
    });
    await repository.save(entry, { reload: false, transaction: false });
  }

  /** Removes the oldest entries from before a time, at most so many; answers how many these were. */
  async removeBefore(before: Date, atMost: number): Promise<number> {
    const oldest = await this.entries.find({
      select: { id: true },
      where: { at: LessThan(before) },
      order: { at: 'ASC' },
      take: atMost,
    });
    if (oldest.length === 0) return 0;
    const { affected } = await this.entries.delete({ id: In(oldest.map(({ id }) => id)) });
    return affected ?? 0;
  }

  /**
   * Takes a person's names, addresses and whereabouts out of every line, also those they had before;
   * what was done stays.
   */
  async forget(account: GoneAccount, manager: EntityManager): Promise<void> {
    const person = await this.asEverKnown(account, manager);
    const texts = [...person.emails, ...(person.subject === null ? [] : [person.subject])];
    const patterns = [...new Set(texts.flatMap(mentions))];
    const isTheirs = new Brackets((any) => {
      any.where('entry.actorId = :id OR entry.objectId = :id', { id: person.id });
      for (const [n, pattern] of patterns.entries()) {
        for (const column of MENTIONING) {
          any.orWhere(`LOWER(entry.${column}) LIKE :text${n} ESCAPE '\\'`, {
            [`text${n}`]: pattern,
          });
        }
      }
    });
    for await (const [after, last] of slicesOf(manager)) {
      const some = await manager
        .createQueryBuilder(AuditEntry, 'entry')
        .where(isTheirs)
        .andWhere('entry.id > :after', { after })
        .andWhere(last === undefined ? 'TRUE' : 'entry.id <= :last', { last })
        .getMany();
      for (const [n, entry] of some.entries()) {
        await manager.update(AuditEntry, { id: entry.id }, withoutPerson(entry, person) as object);
        if (n % CHANGED_AT_ONCE === 0) await nextTurn();
      }
    }
  }

  /** With the addresses and names they had before, which their logins tell. */
  private async asEverKnown(account: GoneAccount, manager: EntityManager): Promise<GonePerson> {
    const { id, issuer, subject } = account;
    const logins = await manager.findBy(AuditEntry, {
      actorId: id,
      action: 'user.login',
      before: Not(IsNull()),
    });
    const known = [account, ...logins.map(({ before }) => before ?? {})];
    const all = (field: 'email' | 'name') => {
      const texts = known.map((each) => (each as Record<string, unknown>)[field]);
      const written = texts.filter((text) => typeof text === 'string' && text.trim() !== '');
      return [...new Set(written as string[])].sort((one, other) => other.length - one.length);
    };
    return { id, issuer, subject, emails: all('email'), names: all('name') };
  }
}

/** The log in slices of its ids, between which others have their turns; the last one has no end. */
async function* slicesOf(manager: EntityManager): AsyncGenerator<[after: string, last?: string]> {
  for (let after = ''; ;) {
    const [last] = await manager.find(AuditEntry, {
      select: { id: true },
      where: { id: MoreThan(after) },
      order: { id: 'ASC' },
      skip: ROWS_AT_ONCE - 1,
      take: 1,
    });
    yield [after, last?.id];
    if (last === undefined) return;
    await nextTurn();
    after = last.id;
  }
}

/** What columns that mention it are like: as in JSON, which texts without quotes are like as well. */
const mentions = (text: string) => searchPatterns(JSON.stringify(text).slice(1, -1));
