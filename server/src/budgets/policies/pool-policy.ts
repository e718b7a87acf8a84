import { type BudgetPolicy, UNLIMITED } from '../../config/index.js';
import { ALL_MODELS, configuredAmount, type Unit } from '../amounts.js';

/** What one place of the configuration gives: an owner's own entry, a group, a default. */
export interface PolicyScope {
  /** As people are told: "group faculty", "user a@b.edu", "client bot", "clients.default". */
  readonly source: string;
  readonly coins: BudgetPolicy | null;
  /** By model; `default` for all models. */
  readonly tokens: Readonly<Record<string, BudgetPolicy>>;
}

/** Every place that has a say about one owner, the strongest first. */
export interface PolicyScopes {
  readonly own: PolicyScope | null;
  /** The active groups the owner is in. */
  readonly groups: readonly PolicyScope[];
  /** `clients.default`, for a client that has no entry of its own. */
  readonly shared: PolicyScope | null;
  /** `defaults.tokens`, for those whom nothing else covers. */
  readonly fallback: BudgetPolicy | null;
}

export type PolicyOrigin = 'own' | 'group' | 'shared' | 'fallback';

/** The policy that won for one unit and scope. */
export interface PoolPolicy {
  readonly unit: Unit;
  /** The model it is for; empty: all models. */
  readonly scope: string;
  readonly source: string;
  readonly origin: PolicyOrigin;
  /** `blocked`: max is 0, no access. */
  readonly kind: 'limited' | 'unlimited' | 'blocked';
  /** Nano-coins or tokens, as are the two below; 0 unless limited. */
  readonly max: bigint;
  /** Per hour. */
  readonly refresh: bigint;
  /** Put into a new pool. */
  readonly starting: bigint;
}

/** Which policies a request to one model has to satisfy. */
export type Coverage =
  | {
      readonly kind: 'covered';
      /** Null: no policy in that unit. */
      readonly coins: PoolPolicy | null;
      readonly tokens: PoolPolicy | null;
    }
  | { readonly kind: 'blocked'; readonly by: PoolPolicy }
  | { readonly kind: 'missing' };

/** The key of `tokens` that stands for all models. */
const EVERY_MODEL_KEY = 'default';
const FALLBACK_SOURCE = 'defaults.tokens';

/**
 * The budgets of one owner: who won for each unit and scope, and what that means for each model. The
 * one place that decides it, for the gate, charges, refreshes and pages alike. Immutable.
 */
export class ResolvedPolicies {
  readonly coins: PoolPolicy | null;
  /** By scope. */
  private readonly tokens: ReadonlyMap<string, PoolPolicy>;

  constructor(scopes: PolicyScopes) {
    this.coins = winner(scopes, 'coins', ALL_MODELS);
    const tokens = new Map<string, PoolPolicy>();
    for (const scope of tokenScopes(scopes)) {
      const won = winner(scopes, 'tokens', scope);
      if (won) tokens.set(scope, won);
    }
    this.tokens = tokens;
    const fallback = this.isOpen() ? fallbackOf(scopes) : null;
    if (fallback) tokens.set(ALL_MODELS, fallback);
  }

  /** What has to pay for a request to this model. */
  for(model: string): Coverage {
    const { coins } = this;
    const tokens = this.tokens.get(model) ?? this.tokens.get(ALL_MODELS) ?? null;
    const found = [coins, tokens].filter((policy) => policy !== null);
    const blocks = found.filter(({ kind }) => kind === 'blocked');
    const isCovered = found.some(({ kind }) => kind !== 'blocked');
    const own = blocks.find(({ origin }) => origin === 'own');
    if (own) return { kind: 'blocked', by: own };
    // What is given to all clients yields to what is given to this one, in whatever unit.
    if (isCovered && found.some(isPersonal)) {
      return { kind: 'covered', coins: unlessBlocked(coins), tokens: unlessBlocked(tokens) };
    }
    if (blocks[0]) return { kind: 'blocked', by: blocks[0] };
    return isCovered ? { kind: 'covered', coins, tokens } : { kind: 'missing' };
  }

  /** The policy of one pool; null where nothing governs it any more. */
  of(unit: Unit, scope: string): PoolPolicy | null {
    if (unit === 'tokens') return this.tokens.get(scope) ?? null;
    return scope === ALL_MODELS ? this.coins : null;
  }

  /** Every policy that won: coins, then tokens for all models, then by model. */
  all(): PoolPolicy[] {
    const byScope = [...this.tokens.values()].sort((one, other) =>
      one.scope < other.scope ? -1 : 1,
    );
    return this.coins ? [this.coins, ...byScope] : byScope;
  }

  /** Whether a model that no policy names is covered by nothing so far. */
  private isOpen(): boolean {
    return this.coins === null && !this.tokens.has(ALL_MODELS);
  }
}

function tokenScopes({ own, groups, shared }: PolicyScopes): Set<string> {
  const names = [own, ...groups, shared].flatMap((scope) => Object.keys(scope?.tokens ?? {}));
  return new Set(names.map((name) => (name === EVERY_MODEL_KEY ? ALL_MODELS : name)));
}

/** Who decides about one unit and scope: the owner's entry, the most generous group, `clients.default`. */
function winner(scopes: PolicyScopes, unit: Unit, scope: string): PoolPolicy | null {
  const { own, groups, shared } = scopes;
  const ownPolicy = own && policyIn(own, 'own', { unit, scope });
  if (ownPolicy) return ownPolicy;
  // An own 0 for all models leaves open only the models that the owner's own entry names.
  const ownDefault =
    own && scope !== ALL_MODELS && policyIn(own, 'own', { unit, scope: ALL_MODELS });
  if (ownDefault && ownDefault.kind === 'blocked') return { ...ownDefault, scope };
  const given = groups
    .map((group) => policyIn(group, 'group', { unit, scope }))
    .filter((policy) => policy !== null)
    .filter(({ kind }) => kind !== 'blocked');
  return mostGenerous(given) ?? (shared && policyIn(shared, 'shared', { unit, scope }));
}

function policyIn(
  place: PolicyScope,
  origin: PolicyOrigin,
  { unit, scope }: Pick<PoolPolicy, 'unit' | 'scope'>,
): PoolPolicy | null {
  const key = scope === ALL_MODELS ? EVERY_MODEL_KEY : scope;
  const configured =
    unit === 'coins' ? place.coins : Object.hasOwn(place.tokens, key) ? place.tokens[key] : null;
  return configured ? poolPolicy(configured, { unit, scope, source: place.source, origin }) : null;
}

function poolPolicy(
  { max, refresh, starting }: BudgetPolicy,
  place: Pick<PoolPolicy, 'unit' | 'scope' | 'source' | 'origin'>,
): PoolPolicy {
  if (max === UNLIMITED) return Object.freeze({ ...place, kind: 'unlimited', ...NOTHING });
  if (max === 0) return Object.freeze({ ...place, kind: 'blocked', ...NOTHING });
  const amount = (value: number) => configuredAmount(place.unit, value);
  const numbers = { max: amount(max), refresh: amount(refresh), starting: amount(starting) };
  return Object.freeze({ ...place, kind: 'limited', ...numbers });
}

const NOTHING = { max: 0n, refresh: 0n, starting: 0n };

/** Unlimited before all, then by max, refresh and name, so that every replica says the same. */
function mostGenerous(policies: readonly PoolPolicy[]): PoolPolicy | null {
  return [...policies].sort(byGenerosity)[0] ?? null;
}

function byGenerosity(one: PoolPolicy, other: PoolPolicy): number {
  if (one.kind !== other.kind) return one.kind === 'unlimited' ? -1 : 1;
  if (one.max !== other.max) return one.max > other.max ? -1 : 1;
  if (one.refresh !== other.refresh) return one.refresh > other.refresh ? -1 : 1;
  return one.source < other.source ? -1 : 1;
}

function fallbackOf({ fallback }: PolicyScopes): PoolPolicy | null {
  if (!fallback || fallback.max === 0) return null;
  const place = { unit: 'tokens', scope: ALL_MODELS, source: FALLBACK_SOURCE } as const;
  return poolPolicy(fallback, { ...place, origin: 'fallback' });
}

const isPersonal = ({ kind, origin }: PoolPolicy) =>
  kind !== 'blocked' && (origin === 'own' || origin === 'group');

const unlessBlocked = (policy: PoolPolicy | null) => (policy?.kind === 'blocked' ? null : policy);
