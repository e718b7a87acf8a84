import { type DataSource } from 'typeorm';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import { User } from '../../../server/src/users/user.entity.js';

const ROWS_AT_ONCE = 500;

/** Puts people into the database as if they had logged in; `describe` says what is special in each. */
export async function addPeople(
  dataSource: DataSource,
  count: number,
  describe: (index: number) => Partial<User> = () => ({}),
): Promise<User[]> {
  const people = Array.from({ length: count }, (_, index) =>
    dataSource.getRepository(User).create({
      id: newId(),
      email: `person${index}@example.edu`,
      name: `Person ${index}`,
      issuer: 'https://idp.example',
      subject: `subject-${index}`,
      isActive: true,
      createdAt: new Date(1_700_000_000_000 + index * 1_000),
      lastLoginAt: null,
      claims: null,
      grantedRoles: null,
      ...describe(index),
    }),
  );
  for (let start = 0; start < count; start += ROWS_AT_ONCE) {
    const rows = people.slice(start, start + ROWS_AT_ONCE);
    await dataSource
      .createQueryBuilder()
      .insert()
      .into(User)
      .values(rows as object[])
      .execute();
  }
  return people;
}

/** One person with this address. */
export async function addPerson(
  dataSource: DataSource,
  email: string,
  details: Partial<User> = {},
): Promise<User> {
  const name = email.split('@')[0] ?? email;
  const [person] = await addPeople(dataSource, 1, () => ({
    email,
    name,
    subject: email,
    ...details,
  }));
  return person!;
}
