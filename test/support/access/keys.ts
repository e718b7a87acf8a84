import { type DataSource, In } from 'typeorm';
import { hashOfApiKey, hintOf, newApiKey } from '../../../server/src/auth/api-key-text.js';
import { ApiKey } from '../../../server/src/auth/api-key.entity.js';
import { Client } from '../../../server/src/clients/client.entity.js';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import { User } from '../../../server/src/users/user.entity.js';
import { type LumenServer } from '../lumen/lumen-server.js';
import { onDatabaseOf } from '../lumen/server-database.js';

/** As `configurationText` says. */
const SECRET = 'test-encryption-test-encryption-test-enc';
const POLL_MS = 50;

export interface KeyHolder {
  kind: 'user' | 'client';
  /** The e-mail address or the name of the client. */
  name: string;
}

/** A key for each, in their order; as many runs of `./lumen keys create` would take minutes. */
export async function keysFor(
  server: LumenServer,
  holders: readonly KeyHolder[],
): Promise<string[]> {
  return onDatabaseOf(server, async (database) => {
    const people = holders.filter(({ kind }) => kind === 'user').map(({ name }) => person(name));
    await database.getRepository(User).insert(people as never);
    const names = holders.filter(({ kind }) => kind === 'client').map(({ name }) => name);
    const owners = new Map([...people, ...(await clients(database, names))].map(keyed));
    const made = holders.map(({ name }) => keyOf(owners.get(name)!));
    await database.getRepository(ApiKey).insert(made.map(({ row }) => row));
    return made.map(({ key }) => key);
  });
}

type KeyOwner = User | Client;

const nameOf = (owner: KeyOwner) => ('email' in owner ? owner.email : owner.name);
const keyed = (owner: KeyOwner): [string, KeyOwner] => [nameOf(owner), owner];

/** The server makes the rows of configured clients soon after it started. */
async function clients(database: DataSource, names: readonly string[]): Promise<Client[]> {
  for (;;) {
    const rows = await database.getRepository(Client).findBy({ name: In(names) });
    if (rows.length === names.length) return rows;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

function person(email: string): User {
  return {
    id: newId(),
    email,
    name: email,
    issuer: null,
    subject: null,
    isActive: true,
    createdAt: new Date(),
    lastLoginAt: null,
    claims: null,
    grantedRoles: null,
  };
}

function keyOf(owner: KeyOwner) {
  const key = newApiKey();
  const isPerson = 'email' in owner;
  const row = {
    id: newId(),
    userId: isPerson ? owner.id : null,
    clientId: isPerson ? null : owner.id,
    createdBy: null,
    name: 'test',
    keyHash: hashOfApiKey(SECRET, key),
    hint: hintOf(key),
    createdAt: new Date(),
    lastUsedAt: null,
    revokedAt: null,
    expiresAt: null,
    onlyModels: null,
  };
  return { key, row };
}
