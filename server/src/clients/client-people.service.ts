import { Injectable } from '@nestjs/common';
import { validate as isUuid } from 'uuid';
import { AppError } from '../infrastructure/errors/app-error.js';
import { type User, UsersService } from '../users/index.js';
import { type Person } from './client-managers.service.js';

/** The people around clients, by id and by address. */
@Injectable()
export class ClientPeopleService {
  constructor(private readonly users: UsersService) {}

  /** Those of these ids that Lumen knows. */
  async byId(ids: Iterable<string>): Promise<Map<string, User>> {
    const people = await this.users.findMany([...new Set(ids)]);
    return new Map(people.map((person) => [person.id, person]));
  }

  /**
   * Whoever has this id; somebody whose account is gone can still be taken off a client.
   * @throws AppError not_found for what is no id
   */
  async one(id: string): Promise<Person> {
    if (!isUuid(id)) throw new AppError('not_found', 'There is nobody with this id.');
    return (await this.users.find(id)) ?? { id, email: 'a person who is gone' };
  }

  /**
   * The person with this address, who has to be known: an address with a typing error must not
   * become somebody who may read keys.
   * @throws AppError invalid_request
   */
  async known(email: string): Promise<User> {
    const person = await this.users.findByEmail(email);
    if (person?.isActive) return person;
    throw new AppError(
      'invalid_request',
      person
        ? `The account of ${person.email} is deactivated. Choose somebody else.`
        : 'Nobody with this address has signed in yet. Check it, or ask them to sign in once.',
      { details: { fields: { email: ['not the address of an active person'] } } },
    );
  }
}
