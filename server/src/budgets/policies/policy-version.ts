import { createHash } from 'node:crypto';
import { type Configuration } from '../../config/index.js';
import { type GroupDefinition } from '../../groups/index.js';

type Sections = Pick<Configuration, 'app' | 'users' | 'clients' | 'defaults'>;

const LENGTH = 16;

/**
 * A short hash of all that budgets follow from, but for who was put into which group by hand and what
 * the console says of single people: equal on every replica that has the same configuration and groups. What else it covers (access lists)
 * costs a look at pools that had not changed, and no more.
 */
export function policyVersion(config: Sections, groups: readonly GroupDefinition[]): string {
  const { app, users, clients, defaults } = config;
  const devUser = app.debug ? app.devUser : null;
  const told = JSON.stringify([groups, users, clients, defaults.tokens, devUser]);
  return createHash('sha256').update(told).digest('base64url').slice(0, LENGTH);
}
