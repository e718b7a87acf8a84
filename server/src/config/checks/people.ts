import { type ModelAccessConfiguration } from '../schema/configuration.js';
import { References } from './references.js';
import { type ConfigurationRule } from './rule.js';

const knownGroups: ConfigurationRule = {
  reads: ['app', 'groups', 'users', 'clients'],
  check(context) {
    const { app, users, clients } = context.config;
    const references = new References(context);
    for (const [section, entries] of Object.entries({ users, clients })) {
      for (const [name, { groups }] of Object.entries(entries)) {
        groups.forEach((group, index) => references.group(group, [section, name, 'groups', index]));
      }
    }
    app.devUser?.groups.forEach((group, index) =>
      references.group(group, ['app', 'dev_user', 'groups', index]),
    );
  },
};

const usersByEmail: ConfigurationRule = {
  reads: ['users'],
  check({ config, warn }) {
    for (const [name, { coins, tokens, modelAccess }] of Object.entries(config.users)) {
      if (name === 'default') {
        const hasBudget = coins !== null || Object.keys(tokens).length > 0;
        if (!hasBudget && !saysAnything(modelAccess)) continue;
        warn(
          ['users', name],
          'gives groups to everyone; for budgets and models use groups.default or defaults',
        );
      } else if (!name.includes('@')) {
        warn(['users', name], 'is not an e-mail address, so it is nobody');
      }
    }
  },
};

function saysAnything(access: ModelAccessConfiguration): boolean {
  const { default: whatever, allowed, needsAck, blocked } = access;
  return whatever !== null || allowed.length + needsAck.length + blocked.length > 0;
}

/** Everyone is in `default`, so rules there would do nothing. */
const noRulesForDefault: ConfigurationRule = {
  reads: ['groups'],
  check({ config, warn }) {
    if (!config.groups['default']?.rules.length) return;
    warn(['groups', 'default', 'rules'], 'have no effect: everyone is in the group default');
  },
};

export const peopleRules = [knownGroups, usersByEmail, noRulesForDefault];
