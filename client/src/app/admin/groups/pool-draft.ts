import { type BudgetPolicy } from '../../core/api/schema';

/** A budget as people see it: a number, no end, or nothing at all. */
export interface DraftPool {
  /** Empty: coins; else the model, or `default` for every model without a pool of its own. */
  model: string;
  kind: 'limited' | 'unlimited' | 'none';
  max: string;
  refresh: string;
  /** Empty: as much as max. */
  starting: string;
}

/** What somebody may spend while it is edited. */
export interface DraftPools {
  coins: DraftPool | null;
  tokens: DraftPool[];
}

/** The same as the server keeps it. */
export interface Policies {
  readonly coins: BudgetPolicy | null;
  readonly tokens: Readonly<Record<string, BudgetPolicy>>;
}

/** What is wrong with what was typed, by the name of its field. */
export type DraftProblem = 'required' | 'number' | 'whole' | 'twice';

/** What the server keeps for a budget without end, and for none. */
const UNLIMITED = -2;
const NONE = 0;

export function draftPoolsOf({ coins, tokens }: Policies): DraftPools {
  return {
    coins: coins && poolOf('', coins),
    tokens: Object.entries(tokens).map(([model, policy]) => poolOf(model, policy)),
  };
}

/** What the server is asked to keep. */
export function policiesOf({ coins, tokens }: DraftPools) {
  return {
    coins: coins && policyOf(coins),
    tokens: Object.fromEntries(tokens.map((pool) => [pool.model.trim(), policyOf(pool)])),
  };
}

export function problemsOfPools({ coins, tokens }: DraftPools): Record<string, DraftProblem> {
  const found: Record<string, DraftProblem> = {};
  if (coins) checkPool(coins, 'coins', found);
  tokens.forEach((pool, index) => {
    checkPool(pool, `tokens-${index}`, found);
    const isTwice = tokens.findIndex(({ model }) => model.trim() === pool.model.trim());
    if (pool.model.trim() === '') found[`tokens-${index}-model`] = 'required';
    else if (isTwice < index) found[`tokens-${index}-model`] = 'twice';
  });
  return found;
}

/** Each pool in a few words, by its name. */
export function shownPools({ coins, tokens }: DraftPools): Map<string, string> {
  const found = new Map<string, string>();
  if (coins) found.set('coins', shownPool(coins));
  for (const pool of tokens) found.set(`tokens.${pool.model}`, shownPool(pool));
  return found;
}

/** The form's name of a field that the server names by its path; null where it is none of a pool. */
export function poolFieldOf(path: string, { tokens }: DraftPools): string | null {
  const [, name, model, part] = /^(coins|tokens\.(.+))\.(max|refresh|starting)$/.exec(path) ?? [];
  if (name === undefined) return null;
  if (name === 'coins') return `coins-${part}`;
  return `tokens-${tokens.findIndex((pool) => pool.model.trim() === model)}-${part}`;
}

function shownPool(pool: DraftPool): string {
  const { max, refresh, starting } = policyOf(pool);
  if (pool.kind !== 'limited') return pool.kind;
  return `max ${max}, refresh ${refresh}/h, starting ${starting ?? max}`;
}

function poolOf(model: string, { max, refresh, starting }: BudgetPolicy): DraftPool {
  const kind = max === UNLIMITED ? 'unlimited' : max === NONE ? 'none' : 'limited';
  const amount = (value: number | undefined) =>
    kind === 'limited' && value !== undefined ? plain(value) : '';
  return {
    model,
    kind,
    max: amount(max),
    refresh: amount(refresh),
    starting: starting === max ? '' : amount(starting),
  };
}

function policyOf({ kind, max, refresh, starting }: DraftPool): {
  max: number;
  refresh?: number;
  starting?: number;
} {
  if (kind === 'unlimited') return { max: UNLIMITED };
  if (kind === 'none') return { max: NONE };
  return {
    max: Number(max),
    refresh: refresh === '' ? 0 : Number(refresh),
    ...(starting === '' ? {} : { starting: Number(starting) }),
  };
}

function checkPool(pool: DraftPool, name: string, found: Record<string, DraftProblem>): void {
  if (pool.kind !== 'limited') return;
  const isNumber = name === 'coins' ? /^\d+(\.\d+)?$/ : /^\d+$/;
  const wrong = name === 'coins' ? 'number' : 'whole';
  if (pool.max === '') found[`${name}-max`] = 'required';
  else if (!isNumber.test(pool.max) || Number(pool.max) === 0) found[`${name}-max`] = wrong;
  for (const part of ['refresh', 'starting'] as const) {
    if (pool[part] !== '' && !isNumber.test(pool[part])) found[`${name}-${part}`] = wrong;
  }
}

/** Without an exponent, however small. */
function plain(value: number): string {
  return value.toLocaleString('en', { useGrouping: false, maximumFractionDigits: 9 });
}
