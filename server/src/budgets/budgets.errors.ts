import { AppError } from '../infrastructure/errors/app-error.js';
import { amountText } from './amount-text.js';
import { ALL_MODELS } from './amounts.js';
import { type PoolRef } from './pools/funding.js';
import { type PoolPolicy } from './policies/pool-policy.js';
import { nextRefresh, type NextRefresh } from './refresh/refresh-times.js';

/** Who is refused: "a@b.edu", or "The client bot". */
export interface RefusedOwner {
  readonly ownerKind: 'user' | 'client';
  readonly ownerName: string;
}

/** A request that a pool cannot pay for, with the pool as it stood then. Nano-coins or tokens. */
export interface Shortfall {
  readonly pool: PoolRef;
  /** The least the request could have done with. */
  readonly needed: bigint;
  readonly balance: bigint;
  readonly held: bigint;
  readonly refreshedAt: Date;
  readonly now: Date;
}

/** No policy covers the owner's requests to a model. */
export function budgetMissing(owner: RefusedOwner, model: string): AppError {
  return new AppError(
    'budget_missing',
    `${nameOf(owner)} has no budget that covers the model "${model}": neither an entry of its own nor a group gives coins or tokens. Ask an administrator for one.`,
    { details: { model } },
  );
}

/** A policy of 0 decides about the owner's requests to a model. */
export function budgetBlocked(owner: RefusedOwner, model: string, by: PoolPolicy): AppError {
  const { unit, scope, source } = by;
  return new AppError(
    'budget_blocked',
    `${nameOf(owner)} may not spend on the model "${model}": ${source} sets the budget of ${unit} for ${scopeText(scope)} to 0. Ask an administrator.`,
    { details: { model, unit, scope, source } },
  );
}

/** The pool has not got what the request needs. */
export function budgetExceeded(shortfall: Shortfall): AppError {
  const { pool, needed, balance, held, now } = shortfall;
  const { unit, scope, source, max } = pool;
  const next = nextOf(shortfall);
  const free = balance > held ? balance - held : 0n;
  const text = (amount: bigint) => amountText(unit, amount);
  const heldText = held > 0n ? `, ${text(held)} more are held for requests under way` : '';
  const name = unit === 'coins' ? 'coin pool' : 'token pool';
  return new AppError(
    'budget_exceeded',
    `The ${name} of ${source} for ${scopeText(scope)} cannot pay for this request: at least ${text(needed)} ${unit} needed, ${free === 0n ? 'none' : text(free)} available${heldText}. ${outlook(shortfall, next)}`,
    {
      details: {
        ...{ unit, scope, source, max: text(max) },
        ...{ needed: text(needed), available: text(free) },
        ...{ balance: text(balance), held: text(held) },
        nextRefreshAt: next?.at.toISOString() ?? null,
        nextRefreshAmount: next && text(next.amount),
      },
      retryAfterS: next ? Math.max(1, Math.ceil((+next.at - +now) / 1000)) : undefined,
    },
  );
}

/** Null too where no refresh will ever be enough. */
function nextOf(shortfall: Shortfall): NextRefresh | null {
  if (isOutOfReach(shortfall)) return null;
  const { pool, balance, refreshedAt, now } = shortfall;
  return nextRefresh({ ...pool, balance, refreshedAt }, now);
}

const isOutOfReach = ({ pool, needed, balance }: Shortfall) =>
  needed > pool.max && needed > balance;

/** When more comes, or what to do where nothing does. */
function outlook(shortfall: Shortfall, next: NextRefresh | null): string {
  const { pool, needed, balance, held, now } = shortfall;
  if (next) {
    return `${amountText(pool.unit, next.amount)} ${pool.unit} arrive at ${timeText(next.at, now)}.`;
  }
  if (isOutOfReach(shortfall)) {
    return 'That is more than the pool can ever hold: send a shorter request, or ask an administrator.';
  }
  if (held > 0n && needed <= balance) {
    return 'It is free again when those requests end: try again then.';
  }
  return 'The pool is not refilled by itself: ask an administrator for more.';
}

export function scopeText(scope: string): string {
  return scope === ALL_MODELS ? 'all models' : `the model "${scope}"`;
}

/** "14:00 UTC", with the day when that is another one. */
function timeText(at: Date, now: Date): string {
  const [day = '', time = ''] = at.toISOString().split('T');
  const isToday = now.toISOString().startsWith(day);
  return `${isToday ? '' : `${day} `}${time.slice(0, 5)} UTC`;
}

function nameOf({ ownerKind, ownerName }: RefusedOwner): string {
  return ownerKind === 'user' ? ownerName : `The client "${ownerName}"`;
}
