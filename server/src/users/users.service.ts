import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, In, MoreThan, Repository } from 'typeorm';
import { ClockService } from '../infrastructure/clock/clock.service.js';
import { newId } from '../infrastructure/crypto/identifiers.js';
import { isUniqueViolation } from '../infrastructure/database/database-errors.js';
import { rowLock } from '../infrastructure/database/row-lock.js';
import { AppError } from '../infrastructure/errors/app-error.js';
import { normaliseEmail } from './email.js';
import { User } from './user.entity.js';

const PAGE = 500;

/** The people Lumen knows. */
@Injectable()
export class UsersService {
  constructor(
    @InjectRepository(User) private readonly users: Repository<User>,
    private readonly clock: ClockService,
  ) {}

  find(id: string): Promise<User | null> {
    return this.users.findOneBy({ id });
  }

  /** Those of these ids that exist, in no order; for the few hundred of a page. */
  async findMany(ids: readonly string[]): Promise<User[]> {
    return ids.length === 0 ? [] : this.users.findBy({ id: In(ids) });
  }

  /** Keeps an account from going until the transaction ends. @throws AppError not_found */
  async hold(id: string, manager: EntityManager): Promise<void> {
    const user = await manager.findOne(User, { where: { id }, ...rowLock(manager) });
    if (!user) throw new AppError('not_found', 'Nobody with this id is known here.');
  }

  /** The person with this address, in whatever case it is written. */
  findByEmail(email: string): Promise<User | null> {
    return this.users.findOneBy({ email: normaliseEmail(email) });
  }

  /** The person with this address, made if there is none. Safe to call at the same time twice. */
  async ensure(email: string, name?: string): Promise<User> {
    const address = normaliseEmail(email);
    const existing = await this.users.findOneBy({ email: address });
    if (existing) return existing;
    try {
      return await this.users.save(this.blank(address, name), { reload: false });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      return this.users.findOneByOrFail({ email: address });
    }
  }

  /** How many there are, deactivated ones too. */
  count(): Promise<number> {
    return this.users.count();
  }

  /** Everybody, by id, read in pages so that any number fits in memory. */
  async *all(): AsyncGenerator<User> {
    let after = '';
    for (;;) {
      const page = await this.users.find({
        where: { id: MoreThan(after) },
        order: { id: 'ASC' },
        take: PAGE,
      });
      yield* page;
      if (page.length < PAGE) return;
      after = page.at(-1)!.id;
    }
  }

  async recordLogin(id: string): Promise<void> {
    await this.users.update({ id }, { lastLoginAt: this.clock.now() });
  }

  private blank(email: string, name = email.split('@')[0] ?? email): User {
    return this.users.create({
      id: newId(),
      email,
      name,
      issuer: null,
      subject: null,
      isActive: true,
      createdAt: this.clock.now(),
      lastLoginAt: null,
      claims: null,
      grantedRoles: null,
    });
  }
}
