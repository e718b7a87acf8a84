import { type ModelAccess } from '../config/index.js';
import { type AccessRule, type Decision } from './decide.js';

/**
 * A decision in words: `blocked: listed under model_access.blocked of group staff`. The names of keys
 * are those of config.yaml, so that an administrator finds the line that decided.
 */
export function explain(decision: Decision): string {
  const { access, rule, scope, isAskedByModel } = decision;
  const said = isAskedByModel ? 'allowed' : access;
  const asked = isAskedByModel ? ', and needs_ack of the model asks everyone' : '';
  return `${access}: ${REASONS[rule](scope, said)}${asked}`;
}

const REASONS: Record<AccessRule, (scope: string, access: ModelAccess) => string> = {
  model_disabled: (scope) => `the ${scope} is disabled`,
  own_list: listed,
  group_list: listed,
  model_access: (scope, access) => `no list names it, and access of the ${scope} is ${access}`,
  group_default: byDefault,
  own_default: byDefault,
  global_default: (scope, access) => `nothing else decides, and ${scope}.access is ${access}`,
  key_limit: (scope) => `this key is limited to ${scope}`,
};

function listed(scope: string, access: ModelAccess): string {
  return `listed under model_access.${access} of ${scope}`;
}

function byDefault(scope: string, access: ModelAccess): string {
  return `no list names it, and model_access.default of ${scope} is ${access}`;
}
