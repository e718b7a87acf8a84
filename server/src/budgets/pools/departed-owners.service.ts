import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, type FindOptionsWhere, In, LessThan } from 'typeorm';
import { ConfigurationService } from '../../config/configuration.service.js';
import { secretKeysOf } from '../../config/index.js';
import { ChangesService } from '../../infrastructure/changes/changes.service.js';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { newId } from '../../infrastructure/crypto/identifiers.js';
import { keyedHash } from '../../infrastructure/crypto/tokens.js';
import { rowLock } from '../../infrastructure/database/row-lock.js';
import { type BudgetOwner } from '../policies/owner-policies.js';
import { PersonalBudget } from '../policies/personal-budget.entity.js';
import { DepartedOwner } from './departed-owner.entity.js';
import { Pool } from './pool.entity.js';

const DAY_MS = 86_400_000;
/** Whoever stays away for longer begins anew. */
const REMEMBERED_MS = 400 * DAY_MS;

/**
 * Remembers people who deleted their account, by a keyed hash that names nobody, so that somebody who
 * comes back has the pools of before and what the console said they may spend: deleting an account is
 * no way to a fresh budget, nor out of a small one.
 */
@Injectable()
export class DepartedOwnersService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly clock: ClockService,
    private readonly configuration: ConfigurationService,
    private readonly changes: ChangesService,
  ) {}

  /** In the transaction that deletes the account. */
  async remember(ownerId: string, email: string, manager: EntityManager): Promise<void> {
    const leftAt = this.clock.now();
    const [addressHash, ...earlier] = this.hashes(email);
    const old = new Date(leftAt.getTime() - REMEMBERED_MS);
    await this.forget({ leftAt: LessThan(old) }, manager);
    await this.forget({ addressHash: In([addressHash, ...earlier]) }, manager);
    await manager.insert(DepartedOwner, { id: newId(), addressHash, ownerId, leftAt });
  }

  /**
   * Gives a person without pools those they had before, and their own budget, once. Answers whether
   * they had been here: what they may spend has to be read again.
   */
  async takeBack({
    ownerKind,
    ownerId,
    ownerName,
  }: BudgetOwner & { ownerName: string }): Promise<boolean> {
    const { manager } = this.dataSource;
    const addressHash = In(this.hashes(ownerName));
    if (ownerKind !== 'user' || !(await manager.existsBy(DepartedOwner, { addressHash }))) {
      return false;
    }
    await this.dataSource.transaction(async (inside) => {
      const where = { addressHash };
      const left = await inside.findOne(DepartedOwner, { where, ...rowLock(inside) });
      if (!left) return;
      await inside.update(Pool, { ownerKind, ownerId: left.ownerId }, { ownerId });
      // What the console has said of them since they are back goes before.
      if (!(await inside.existsBy(PersonalBudget, { userId: ownerId }))) {
        await inside.update(PersonalBudget, { userId: left.ownerId }, { userId: ownerId });
      }
      await inside.delete(DepartedOwner, { id: left.id });
      await this.changes.publish('owner', ownerId, inside);
    });
    this.changes.tellHere('owner', ownerId);
    return true;
  }

  private async forget(
    which: FindOptionsWhere<DepartedOwner>,
    manager: EntityManager,
  ): Promise<void> {
    const gone = await manager.findBy(DepartedOwner, which);
    if (gone.length === 0) return;
    await manager.delete(PersonalBudget, { userId: In(gone.map(({ ownerId }) => ownerId)) });
    await manager.delete(DepartedOwner, { id: In(gone.map(({ id }) => id)) });
  }

  /** By the current secret key first, then by those before it. */
  private hashes(email: string): [string, ...string[]] {
    const [current, ...earlier] = secretKeysOf(this.configuration.current);
    const hash = (key: string) => keyedHash(key, `departed:${email.toLowerCase()}`);
    return [hash(current), ...earlier.map(hash)];
  }
}
