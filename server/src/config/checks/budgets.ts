import { type Path } from '../paths.js';
import { type BudgetPolicy } from '../schema/configuration.js';
import { UNLIMITED } from '../schema/policies.js';
import { entitledEntries, References } from './references.js';
import { type ConfigurationRule, type RuleContext } from './rule.js';

const sensiblePolicies: ConfigurationRule = {
  reads: ['groups', 'users', 'clients', 'defaults'],
  check(context) {
    for (const { path, entry } of entitledEntries(context.config)) {
      checkPolicy(context, entry.coins, path);
      for (const [model, policy] of Object.entries(entry.tokens)) {
        checkPolicy(context, policy, [...path, model]);
      }
    }
    checkPolicy(context, context.config.defaults.tokens, ['defaults', 'tokens']);
  },
};

function checkPolicy(context: RuleContext, policy: BudgetPolicy | null, path: Path): void {
  if (!policy || policy.max === UNLIMITED) return;
  const { max, refresh, starting } = policy;
  if (max === 0 && (refresh > 0 || starting > 0)) {
    const key = refresh > 0 ? 'refresh' : 'starting';
    context.warn([...path, key], 'has no effect: max: 0 means no access');
  } else if (starting > max) {
    context.error([...path, 'starting'], `is above max (${starting} > ${max})`);
  }
}

/** A pool for one model is written under its name, where a misspelt key looks just the same. */
const policiesForKnownModels: ConfigurationRule = {
  reads: ['models', 'groups', 'users', 'clients'],
  check(context) {
    const references = new References(context);
    for (const { path, entry } of entitledEntries(context.config)) {
      for (const model of Object.keys(entry.tokens)) {
        if (model !== 'default') references.model(model, [...path, model]);
      }
    }
  },
};

export const budgetRules = [sensiblePolicies, policiesForKnownModels];
