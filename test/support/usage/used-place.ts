import { type DataSource } from 'typeorm';
import { User } from '../../../server/src/users/user.entity.js';
import { onDatabaseOf } from '../lumen/server-database.js';
import { type LumenServer } from '../lumen/lumen-server.js';
import { fillUsage, personId } from './log-of-a-university.js';

const HOUR_MS = 3_600_000;
const PLACE = { people: 40, clients: 3, models: 9, days: 60, requests: 24_000 };

/**
 * Two months of requests of forty people, behind the back of a running server that has logged none
 * yet. The first of them is whoever logs in as `firstEmail`; one has a name with markup.
 */
export async function fillPlace(server: LumenServer, firstEmail: string): Promise<void> {
  const untilMs = Date.now() - (Date.now() % HOUR_MS) + HOUR_MS;
  await onDatabaseOf(server, async (database) => {
    await addPeople(database, firstEmail);
    await fillUsage(database, 'sqlite', { ...PLACE, untilMs });
  });
}

async function addPeople(database: DataSource, firstEmail: string): Promise<void> {
  const people = Array.from({ length: PLACE.people }, (_, n) => ({
    id: personId(n),
    email: n === 0 ? firstEmail : n === 1 ? '<img/src=x>@example.edu' : `person-${n}@example.edu`,
    name: n === 1 ? '<img src=x onerror=alert(1)>' : `Person ${n}`,
    issuer: null,
    subject: null,
    isActive: true,
    createdAt: new Date(),
    lastLoginAt: null,
    claims: null,
    grantedRoles: null,
  }));
  await database.getRepository(User).insert(people);
}
