import { type ModelAccess, type ModelAccessConfiguration } from '../config/index.js';

/** What can decide about a model, the strongest first; the first that says something is right. */
export const ACCESS_RULES = [
  'model_disabled',
  'own_list',
  'group_list',
  'model_access',
  'group_default',
  'own_default',
  'global_default',
] as const;

/** `key_limit` stands above them all: a key may be limited to some of what its owner may use. */
export type AccessRule = (typeof ACCESS_RULES)[number] | 'key_limit';

/** Somebody or something that has a say: `group staff`, `user ada@example.edu`, `clients.default`. */
export interface AccessScope {
  readonly name: string;
  readonly modelAccess: ModelAccessConfiguration;
}

/** All that has a say about what one owner may use, beside the model itself. */
export interface AccessScopes {
  /** The owner's own entry in the configuration; null where there is none. */
  readonly own: AccessScope | null;
  /** Those of the active groups the owner is in. */
  readonly groups: readonly AccessScope[];
  readonly globalDefault: ModelAccess;
}

/** What of a model is asked. */
export interface AccessSubject {
  readonly id: string;
  readonly isDisabled: boolean;
  readonly access: ModelAccess | null;
  readonly needsAck: boolean;
}

/** Whether an owner may use a model, and what decided it. `explain` puts it into words. */
export interface Decision {
  readonly access: ModelAccess;
  readonly rule: AccessRule;
  /** The name of the scope that decided. */
  readonly scope: string;
  /** The rule said "allowed", but the model asks everyone for an acknowledgement. */
  readonly isAskedByModel: boolean;
}

/** Of two lists that name a model, and of two defaults, this is the order in which one is heard. */
const LISTS_HEARD: readonly ModelAccess[] = ['blocked', 'allowed', 'needs_ack'];
const DEFAULTS_HEARD: readonly ModelAccess[] = ['allowed', 'needs_ack', 'blocked'];

/**
 * Decides whether an owner may use a model. The first of these that says something is right: a
 * disabled model, the owner's lists, the lists of the owner's groups (blocked, then allowed, then
 * needs_ack), the model's own `access`, the groups' defaults (allowed, then needs_ack, then
 * blocked), the owner's default, the global default. `needs_ack: true` of the model then turns
 * allowed into needs_ack, whoever said so.
 */
export function decide(model: AccessSubject, scopes: AccessScopes): Decision {
  if (model.isDisabled) return verdict('blocked', 'model_disabled', nameOf(model));
  const decision = bySettings(model, scopes);
  if (!model.needsAck || decision.access !== 'allowed') return decision;
  return { ...decision, access: 'needs_ack', isAskedByModel: true };
}

function bySettings(model: AccessSubject, { own, groups, globalDefault }: AccessScopes): Decision {
  const mine = own ? [own] : [];
  return (
    byLists(model.id, mine, 'own_list') ??
    byLists(model.id, groups, 'group_list') ??
    (model.access ? verdict(model.access, 'model_access', nameOf(model)) : null) ??
    byDefaults(groups, 'group_default') ??
    byDefaults(mine, 'own_default') ??
    verdict(globalDefault, 'global_default', 'defaults.models')
  );
}

function byLists(model: string, scopes: readonly AccessScope[], rule: AccessRule): Decision | null {
  for (const access of LISTS_HEARD) {
    const scope = scopes.find(({ modelAccess }) => listOf(modelAccess, access).includes(model));
    if (scope) return verdict(access, rule, scope.name);
  }
  return null;
}

function byDefaults(scopes: readonly AccessScope[], rule: AccessRule): Decision | null {
  for (const access of DEFAULTS_HEARD) {
    const scope = scopes.find(({ modelAccess }) => modelAccess.default === access);
    if (scope) return verdict(access, rule, scope.name);
  }
  return null;
}

function listOf(lists: ModelAccessConfiguration, access: ModelAccess): readonly string[] {
  return access === 'needs_ack' ? lists.needsAck : lists[access];
}

function verdict(access: ModelAccess, rule: AccessRule, scope: string): Decision {
  return { access, rule, scope, isAskedByModel: false };
}

const nameOf = (model: AccessSubject) => `model ${model.id}`;
