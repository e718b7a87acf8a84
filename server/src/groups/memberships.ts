import { type Configuration } from '../config/index.js';
import { type GroupDefinition, type GroupDefinitions } from './group-definitions.js';
import { type Claims, matchesAll } from './group-rules.js';

/** Why somebody is in a group; where several apply, the first of these. */
export type MembershipReason = 'everyone' | 'configuration' | 'dev_user' | 'manual' | 'rule';

export interface Membership {
  readonly group: GroupDefinition;
  readonly because: MembershipReason;
}

export interface Person {
  id: string;
  /** In lower case, as users are kept. */
  email: string;
  /** Of the last login; null for who never logged in by a provider. */
  claims: Claims | null;
}

/** The group that every person is in. Clients are not: `clients.default` is for them. */
export const EVERYONE = 'default';

type Sections = Pick<Configuration, 'app' | 'users'>;

/** What decides beside a person's claims. */
export interface Standing {
  config: Sections;
  isManual: boolean;
}

/** The active groups of a person, each once; see docs/decisions/derived-memberships.md. */
export function membershipsOfPerson(
  person: Pick<Person, 'email' | 'claims'>,
  definitions: GroupDefinitions,
  { config, manual }: { config: Sections; manual: readonly string[] },
): Membership[] {
  const found: Membership[] = [];
  for (const group of definitions.values()) {
    const isManual = manual.includes(group.name);
    const because = reasonOf(group, person, { config, isManual });
    if (because) found.push({ group, because });
  }
  return found;
}

/** Why a person is in a group; null when they are not, or the group is not active. */
export function reasonOf(
  group: GroupDefinition,
  { email, claims }: Pick<Person, 'email' | 'claims'>,
  { config, isManual }: Standing,
): MembershipReason | null {
  const { name, isActive, rules } = group;
  if (!isActive) return null;
  if (name === EVERYONE || groupsOfEntry(config, EVERYONE).includes(name)) return 'everyone';
  if (groupsOfEntry(config, email).includes(name)) return 'configuration';
  if (groupsOfDevUser(config, email).includes(name)) return 'dev_user';
  if (isManual) return 'manual';
  return matchesAll(rules, claims) ? 'rule' : null;
}

/** The active groups of a client, each once. */
export function membershipsOfClient(
  configured: readonly string[],
  manual: readonly string[],
  definitions: GroupDefinitions,
): Membership[] {
  const found: Membership[] = [];
  for (const group of definitions.values()) {
    if (!group.isActive) continue;
    if (configured.includes(group.name)) found.push({ group, because: 'configuration' });
    else if (manual.includes(group.name)) found.push({ group, because: 'manual' });
  }
  return found;
}

/** The groups that the configuration names for an address; of `EVERYONE`, for everybody. */
export function groupsNamedFor(config: Sections, email: string): readonly string[] {
  return [...groupsOfEntry(config, email), ...groupsOfDevUser(config, email)];
}

function groupsOfEntry({ users }: Sections, email: string): readonly string[] {
  return Object.hasOwn(users, email) ? (users[email]?.groups ?? []) : [];
}

function groupsOfDevUser({ app }: Sections, email: string): readonly string[] {
  return app.debug && app.devUser?.email === email ? app.devUser.groups : [];
}
