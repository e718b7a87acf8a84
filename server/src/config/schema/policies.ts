import { z } from 'zod';
import { key, mapping, section, withFacts } from './key.js';
import { accessWord, list, name } from './values.js';

/** A budget without end. */
export const UNLIMITED = -2;

/** Above this many coins, nano-coins would no longer fit into 64 bits with room to add. */
const MOST_COINS = 1e9;
const MOST_TOKENS = 1e15;

const amounts = {
  coins: {
    amount: z.number().min(0).max(MOST_COINS),
    max: z.number().max(MOST_COINS).refine(isBudget),
    allowed: `a number of coins from 0 to ${MOST_COINS}`,
  },
  tokens: {
    amount: z.int().min(0).max(MOST_TOKENS),
    max: z.int().max(MOST_TOKENS).refine(isBudget),
    allowed: `a whole number of tokens from 0 to ${MOST_TOKENS}`,
  },
};

function isBudget(value: number): boolean {
  return value >= 0 || value === UNLIMITED;
}

/** `max`, `refresh` and `starting` of one pool, in one unit. */
export function policy(unit: 'coins' | 'tokens') {
  const { amount, max, allowed } = amounts[unit];
  const capital = unit === 'coins' ? 'Coins' : 'Tokens';
  return withFacts(
    z.object({
      max: key(max, `Most ${unit} the pool holds. 0: no access; ${UNLIMITED}: unlimited.`, {
        unit,
        allowed: `${allowed}, or ${UNLIMITED}`,
      }),
      refresh: key(amount.default(0), `${capital} added per hour, up to max. 0: never.`, {
        unit: `${unit} per hour`,
        allowed,
      }),
      starting: key(amount.default(0), `${capital} put into a new pool.`, {
        unit,
        allowed,
        defaultText: '= max',
      }),
    }),
    { read: (value) => startFull(value, max) },
  );
}

/** A pool starts full unless the file says otherwise. */
function startFull(value: unknown, schema: z.ZodType<number>): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const { max, starting } = value as Record<string, unknown>;
  const { success, data } = schema.safeParse(max);
  if ((starting ?? null) !== null || !success || data === UNLIMITED) return value;
  return { ...value, starting: data };
}

/** The budget keys that a group, a user and a client have in common. */
export const budgetKeys = {
  coins: key(policy('coins').nullable().default(null), 'The pool of coins.', { spread: 'inline' }),
  tokens: key(
    mapping(policy('tokens')),
    'Pools of tokens: under `default` for all models, under the name of a model for that one.',
    { spread: 'rest', entry: '<model>' },
  ),
};

const accessList = (doc: string) => key(list(name(256)), doc, { allowed: 'a list of model names' });

export const modelAccess = section({
  default: key(accessWord.nullable().default(null), 'For models that no list names.', {
    defaultText: 'not decided here',
  }),
  allowed: accessList('Models that may be used. Also spelled `whitelist`.'),
  needsAck: accessList('Models that ask for an acknowledgement once. Also spelled `graylist`.'),
  blocked: accessList('Models that may not be used; beats the other lists. Also `blacklist`.'),
});

/** Who may use which model, and how much: what groups, users and clients have in common. */
export const entitlementKeys = {
  ...budgetKeys,
  modelAccess: key(modelAccess, 'Which models may be used.'),
};
