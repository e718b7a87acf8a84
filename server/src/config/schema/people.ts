import { z } from 'zod';
import { key, mapping, withFacts } from './key.js';
import { entitlementKeys } from './policies.js';
import { days, email, flag, list, name, text } from './values.js';

const emails = (doc: string) => key(list(email), doc, { allowed: 'a list of e-mail addresses' });

export const roleKeys = {
  admins: emails('People who manage users, groups, clients, budgets and usage.'),
  engineers: emails('People who manage providers, models and their health.'),
  superadmins: emails('People who may do everything, the configuration included.'),
};

const claim = withFacts(z.string().min(1).max(1000), {
  allowed: 'a text of 1 to 1000 characters',
});

const rule = withFacts(
  z
    .object({
      field: key(name(), 'The claim: affiliation, member_of, idp, ou or any other.'),
      contains: key(claim.nullable().default(null), 'Matches a part of the claim, case matters.'),
      equals: key(claim.nullable().default(null), 'Matches the whole claim.'),
    })
    .refine((found) => (found.contains === null) !== (found.equals === null)),
  { allowed: 'field together with either contains or equals' },
);

export const group = z.object({
  description: key(text().default(''), 'What the group is for.'),
  disabled: key(
    flag.default(false),
    'A disabled group gives nothing. Also spelled `active: false`.',
  ),
  rules: key(
    z.array(rule).max(100).default([]),
    'People whose login matches every rule are members; without rules members are added by hand.',
    { allowed: 'a list of rules' },
  ),
  ...entitlementKeys,
  chatDays: key(days.nullable().default(null), 'Days the members’ conversations are kept.', {
    defaultText: 'retention.chat_days',
  }),
});

const user = z.object({
  groups: key(list(name()), 'Groups the person is in by configuration.'),
  ...entitlementKeys,
});

const client = z.object({
  description: key(text().default(''), 'What the client is for.'),
  disabled: key(flag.default(false), 'A disabled client is refused. Also spelled `active: false`.'),
  groups: key(list(name()), 'Groups the client is in.'),
  defaultModel: key(name(256).nullable().default(null), 'Answers requests that name no model.', {
    defaultText: 'governance.default_model',
  }),
  ...entitlementKeys,
});

export const groups = mapping(group);
export const users = mapping(user);
export const clients = mapping(client);
