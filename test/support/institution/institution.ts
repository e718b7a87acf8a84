import { type DataSource, type EntityTarget, type ObjectLiteral } from 'typeorm';
import { ApiKey } from '../../../server/src/auth/api-key.entity.js';
import { Session } from '../../../server/src/auth/session.entity.js';
import { Pool } from '../../../server/src/budgets/pools/pool.entity.js';
import { ClientManager } from '../../../server/src/clients/client-manager.entity.js';
import { Client } from '../../../server/src/clients/client.entity.js';
import { GroupMember } from '../../../server/src/groups/group-member.entity.js';
import { AuditEntry } from '../../../server/src/infrastructure/audit/audit-entry.entity.js';
import { newId } from '../../../server/src/infrastructure/crypto/identifiers.js';
import { User } from '../../../server/src/users/user.entity.js';
import { addPeople } from '../lumen/people.js';
import { type Dialect } from '../lumen/lumen-server.js';
import { clientId, fillUsage, personId } from '../usage/log-of-a-university.js';

/** A whole institution: its people, what they belong to and what they asked for. */
export interface Institution {
  people: number;
  groups: number;
  clients: number;
  models: number;
  days: number;
  requests: number;
}

/** What a database has to know of to be filled. */
export const FILLED = [ApiKey, AuditEntry, Client, ClientManager, GroupMember, Pool, Session, User];

/** Who looks: the first of the people, who has used something as well. */
export const LOOKER = 'dev@example.com';
/** One person in ten has a key; ids as in the request log. */
export const keyId = (n: number) => `01930000-0000-7000-8000-${String(n).padStart(12, '0')}`;
export const poolId = (n: number) => `01940000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const clientKeyId = (n: number) => `01920000-0000-7000-8000-${String(n).padStart(12, '0')}`;

const ROWS_AT_ONCE = 500;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** One person in so many was put into a group by hand. */
const BY_HAND = 10;
const AUDIT_ENTRIES_PER_PERSON = 5;

/** Fills an upgraded, empty database. */
export async function fillInstitution(
  dataSource: DataSource,
  dialect: Dialect,
  place: Institution,
): Promise<void> {
  const untilMs = Date.now() - (Date.now() % HOUR_MS) + HOUR_MS;
  await addPeople(dataSource, place.people, (n) => person(n, place, untilMs));
  await insert(dataSource, Client, place.clients, (n) => ({
    id: clientId(n),
    name: `application-${n}`,
    description: `Application number ${n}`,
    isActive: true,
    ownerId: personId(n % 100),
    defaultModel: null,
    createdAt: new Date(untilMs - (n + 1) * DAY_MS),
    updatedAt: new Date(untilMs - (n + 1) * HOUR_MS),
  }));
  await insert(dataSource, ClientManager, place.clients, (n) => ({
    id: newId(),
    clientId: clientId(n),
    userId: personId(n % 100),
    createdAt: new Date(untilMs),
  }));
  await insert(dataSource, ApiKey, place.people / 10, (n) => apiKey(n, untilMs));
  await insert(dataSource, ApiKey, place.clients, (n) => ({
    ...apiKey(n, untilMs),
    id: clientKeyId(n),
    userId: null,
    clientId: clientId(n),
    keyHash: `client-key-${n}`.padEnd(43, '.'),
  }));
  await insert(dataSource, Session, place.people, (n) => session(n, untilMs));
  await insert(dataSource, Pool, place.people, (n) => pool(n, untilMs));
  await insert(dataSource, GroupMember, place.people / BY_HAND, (n) => ({
    id: newId(),
    groupName: `group${(n * 37) % place.groups}`,
    ownerKind: 'user',
    ownerId: personId(n * BY_HAND),
    createdBy: null,
    createdAt: new Date(untilMs),
  }));
  const entries = place.people * AUDIT_ENTRIES_PER_PERSON;
  await insert(dataSource, AuditEntry, entries, (n) => auditEntry(n, entries, place, untilMs));
  await fillUsage(dataSource, dialect, { ...place, untilMs });
  if (dialect === 'sqlite') await dataSource.query('ANALYZE');
}

/** Which groups by claims, beside those by hand: one of the many, one of ten, students or staff. */
export function claimsOf(n: number, groups: number): Record<string, unknown> {
  return {
    affiliation: n % 5 < 3 ? 'student@example.edu' : 'staff@example.edu',
    ou: `Unit ${n % groups};`,
    faculty: `faculty-${n % 10}`,
    idp: 'urn:mace:incommon:example.edu',
    member_of: Array.from({ length: 10 }, (_, i) => `urn:example:group:${n}:${i}:people`),
    eppn: `person${n}@example.edu`,
  };
}

/** The groups of config.yaml, below `groups:`; with `default` as many as the place has. */
export function groupsOf({ groups }: Institution): string {
  const rules: [string, string][] = [
    ['students', '{ field: affiliation, equals: "student@example.edu" }'],
    ['staff', '{ field: affiliation, equals: "staff@example.edu" }'],
    ...Array.from(
      { length: 10 },
      (_, n) => [`faculty${n}`, `{ field: faculty, equals: "faculty-${n}" }`] as [string, string],
    ),
  ];
  const units = Array.from(
    { length: groups - rules.length - 1 },
    (_, n) => [`group${n}`, `{ field: ou, contains: "Unit ${n};" }`] as [string, string],
  );
  return [...rules, ...units]
    .map(([name, rule]) => `  ${name}: { rules: [${rule}], max: 50, refresh: 0.05 }`)
    .join('\n');
}

/** The models of config.yaml, as JSON. */
export function modelsOf({ models }: Institution, url: string): string {
  const entries = Array.from({ length: models }, (_, n) => ({
    name: `model-${n}`,
    description: `Model number ${n} of an institution`,
    input_cost_per_million: 1 + (n % 7),
    output_cost_per_million: 2 + (n % 11),
    context_window: 100_000,
    endpoints: [{ url, api_key: 'none' }],
  }));
  return JSON.stringify(entries);
}

function person(n: number, { groups, people }: Institution, untilMs: number) {
  return {
    id: personId(n),
    email: n === 0 ? LOOKER : `person${n}@example.edu`,
    name: `Person ${(n * 7_919) % people}`,
    claims: claimsOf(n, groups),
    createdAt: new Date(untilMs - 400 * DAY_MS + n * 1_000),
    lastLoginAt: new Date(untilMs - ((n * 7_919) % people) * 60_000),
  };
}

const apiKey = (n: number, untilMs: number) => ({
  id: keyId(n),
  userId: personId(n) as string | null,
  clientId: null as string | null,
  createdBy: personId(n),
  name: `key ${n}`,
  keyHash: `key-${n}`.padEnd(43, '.'),
  hint: 'sk-a…b',
  createdAt: new Date(untilMs - 300 * DAY_MS),
  lastUsedAt: new Date(untilMs - (n % 1_000) * 61_000),
  revokedAt: null,
  expiresAt: null,
  onlyModels: null,
});

const session = (n: number, untilMs: number) => ({
  id: newId(),
  userId: personId(n),
  tokenHash: `session-${n}`.padEnd(43, '.'),
  ip: '192.0.2.1',
  userAgent: 'test',
  createdAt: new Date(untilMs - DAY_MS),
  lastSeenAt: new Date(untilMs - ((n * 104_729) % 1_000_003) * 60),
  expiresAt: new Date(untilMs + 7 * DAY_MS),
});

const pool = (n: number, untilMs: number) => ({
  id: poolId(n),
  ownerKind: 'user',
  ownerId: personId(n),
  unit: 'coins',
  scope: '',
  balance: BigInt((n * 7_919) % 50_000) * 1_000_000n,
  held: 0n,
  max: 50_000_000_000n,
  refresh: 50_000_000n,
  policyVersion: 'old',
  refreshedAt: new Date(untilMs - HOUR_MS / 2),
  createdAt: new Date(untilMs - 300 * DAY_MS),
});

function auditEntry(n: number, entries: number, { people }: Institution, untilMs: number) {
  const who = (n * 7_919) % people;
  return {
    id: newId(),
    at: new Date(untilMs - (entries - n) * 20_000),
    actorKind: 'user',
    actorId: personId(who),
    actorName: `person${who}@example.edu`,
    action: ['user.login', 'key.create', 'key.revoke'][n % 3]!,
    outcome: n % 50 === 0 ? 'refused' : 'done',
    objectKind: 'user',
    objectId: personId(who),
    objectName: `person${who}@example.edu`,
    before: null,
    after: null,
    reason: null,
    ip: '192.0.2.1',
    requestId: `request-${n}`,
  };
}

async function insert(
  dataSource: DataSource,
  entity: EntityTarget<ObjectLiteral>,
  count: number,
  row: (n: number) => object,
): Promise<void> {
  for (let start = 0; start < count; start += ROWS_AT_ONCE) {
    const length = Math.min(ROWS_AT_ONCE, count - start);
    const rows = Array.from({ length }, (_, n) => row(start + n));
    await dataSource.createQueryBuilder().insert().into(entity).values(rows).execute();
  }
}
