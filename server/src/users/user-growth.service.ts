import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, Repository } from 'typeorm';
import { User } from './user.entity.js';

/** How the number of people grew. Accounts that were deleted are not known any more, nor counted. */
@Injectable()
export class UserGrowthService {
  constructor(@InjectRepository(User) private readonly users: Repository<User>) {}

  /** How many there were before `from`, and when each of the others came, up to `to`. */
  async between(from: number, to: number): Promise<{ before: number; cameAt: number[] }> {
    const before = await this.users.countBy({ createdAt: LessThan(new Date(from)) });
    const rows = await this.users
      .createQueryBuilder('person')
      .select('person.createdAt', 'at')
      .where('person.createdAt >= :from AND person.createdAt < :to', { from, to })
      .getRawMany<{ at: string | number }>();
    return { before, cameAt: rows.map(({ at }) => Number(at)) };
  }
}
