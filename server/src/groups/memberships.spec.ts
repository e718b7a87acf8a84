import { describe, expect, it } from '@jest/globals';
import { type Configuration } from '../config/index.js';
import { type GroupDefinition } from './group-definitions.js';
import { membershipsOfClient, membershipsOfPerson } from './memberships.js';

type Sections = Pick<Configuration, 'app' | 'users'>;

const group = (name: string, changes: Partial<GroupDefinition> = {}): GroupDefinition => ({
  name,
  description: '',
  isActive: true,
  source: 'file',
  rules: [],
  modelAccess: { default: null, allowed: [], needsAck: [], blocked: [] },
  coins: null,
  tokens: {},
  ...changes,
});

const staffRule = { field: 'affiliation', contains: 'staff@', equals: null };

const definitions = new Map(
  [
    group('default'),
    group('all'),
    group('by-config'),
    group('dev'),
    group('by-hand'),
    group('staff', { rules: [staffRule] }),
    group('closed', { isActive: false, rules: [staffRule] }),
    group('nobody'),
  ].map((definition) => [definition.name, definition]),
);

const config = {
  app: { debug: true, devUser: { email: 'dev@x.edu', groups: ['dev', 'by-config'] } },
  users: {
    default: { groups: ['all', 'unknown'] },
    'ada@x.edu': { groups: ['by-config', 'staff', 'closed', 'all'] },
  },
} as unknown as Sections;

const staff = { affiliation: 'staff@x.edu' };

function groupsOf(
  email: string,
  claims: Record<string, unknown> | null,
  given: { manual?: string[]; config?: Sections } = {},
): string[] {
  const standing = { config: given.config ?? config, manual: given.manual ?? [] };
  return membershipsOfPerson({ email, claims }, definitions, standing).map(
    (membership) => `${membership.group.name}: ${membership.because}`,
  );
}

describe('membershipsOfPerson', () => {
  const everyone = ['default: everyone', 'all: everyone'];

  it('is for everybody in default and in what the configuration gives everyone', () => {
    expect(groupsOf('eve@x.edu', null)).toEqual(everyone);
  });

  it('names the first reason, each group once, and no group that is closed or unknown', () => {
    expect(groupsOf('ada@x.edu', staff, { manual: ['by-hand', 'by-config', 'gone'] })).toEqual([
      ...everyone,
      'by-config: configuration',
      'by-hand: manual',
      'staff: configuration',
    ]);
  });

  it('follows the claims of the last login', () => {
    expect(groupsOf('eve@x.edu', staff)).toEqual([...everyone, 'staff: rule']);
    expect(groupsOf('eve@x.edu', { affiliation: 'student@x.edu' })).toEqual(everyone);
  });

  it('keeps what was done by hand when a rule matches too, and when it no longer does', () => {
    expect(groupsOf('eve@x.edu', staff, { manual: ['staff'] })).toContain('staff: manual');
    expect(groupsOf('eve@x.edu', {}, { manual: ['staff'] })).toContain('staff: manual');
  });

  it('gives the development user its groups, only while debugging', () => {
    expect(groupsOf('dev@x.edu', null)).toEqual([
      ...everyone,
      'by-config: dev_user',
      'dev: dev_user',
    ]);
    const live = { ...config, app: { ...config.app, debug: false } };
    expect(groupsOf('dev@x.edu', null, { config: live })).toEqual(everyone);
  });

  it.each(['constructor', '__proto__', 'toString'])('has no entry for %s', (email) => {
    expect(groupsOf(email, null)).toEqual(everyone);
  });
});

describe('membershipsOfClient', () => {
  it('is what the configuration and administrators say, and never default', () => {
    const found = membershipsOfClient(
      ['staff', 'closed', 'gone'],
      ['staff', 'nobody'],
      definitions,
    );
    expect(found.map(({ group: { name }, because }) => [name, because])).toEqual([
      ['staff', 'configuration'],
      ['nobody', 'manual'],
    ]);
  });
});
