import { type OwnerKind } from '../../infrastructure/http/principal.js';
import { amountText } from '../amount-text.js';
import { ALL_MODELS, type Unit } from '../amounts.js';

/** What can be wrong with the books; `docs/ledger.md` says what each means. */
export type LedgerFaultKind =
  | 'balance_below_zero'
  | 'held_below_zero'
  | 'held_differs_from_holds'
  | 'balance_differs_from_ledger'
  | 'charges_differ_from_costs'
  | 'charged_twice'
  | 'charge_without_request'
  | 'uncollected_without_charge'
  | 'uncollected_exceeds_charge'
  | 'hold_of_ended_request'
  | 'hold_without_pool'
  | 'entry_without_pool';

/** Which pool, and whose. */
export interface PoolIdentity {
  readonly poolId: string;
  readonly ownerKind: OwnerKind;
  readonly ownerId: string;
  /** Null: there is no such person or client any more. */
  readonly ownerName: string | null;
  readonly unit: Unit;
  /** The model it is for; empty: all models. */
  readonly scope: string;
}

export interface LedgerFault {
  readonly kind: LedgerFaultKind;
  readonly poolId: string;
  /** Null: there is no such pool. */
  readonly pool: PoolIdentity | null;
  /** The request it is about, where it is about one. */
  readonly requestId: string | null;
  /** Nano-coins or tokens, or how many there are where the kind is about rows; null: see the kind. */
  readonly found: bigint;
  readonly expected: bigint | null;
}

/** Those whose `found` and `expected` count rows. */
const OF_ROWS: ReadonlySet<LedgerFaultKind> = new Set([
  'charged_twice',
  'charge_without_request',
  'hold_of_ended_request',
  'hold_without_pool',
  'entry_without_pool',
]);

/** `found` or `expected` of a fault as people read it. */
export function faultAmount({ kind, pool }: LedgerFault, amount: bigint): string {
  return OF_ROWS.has(kind) || !pool ? amount.toString() : amountText(pool.unit, amount);
}

/** A fault in one line. */
export function faultText(fault: LedgerFault): string {
  const found = faultAmount(fault, fault.found);
  const expected = faultAmount(fault, fault.expected ?? 0n);
  const request = fault.requestId ? ` [request ${fault.requestId}]` : '';
  return `${poolText(fault)}: ${SENTENCES[fault.kind](found, expected)}${request}`;
}

const SENTENCES: Record<LedgerFaultKind, (found: string, expected: string) => string> = {
  balance_below_zero: (found) => `the balance is ${found}, below 0`,
  held_below_zero: (found) => `${found} is held, below 0`,
  held_differs_from_holds: (found, expected) =>
    `${found} is held, but the open holds add up to ${expected}`,
  balance_differs_from_ledger: (found, expected) =>
    `the balance is ${found}, but the ledger entries add up to ${expected}`,
  charges_differ_from_costs: (found, expected) =>
    `the charges add up to ${found}, but the costs in the request log to ${expected}`,
  charged_twice: (found) => `a request was charged ${found} times`,
  charge_without_request: (found) => `${found} charges or uncollected entries name no request`,
  uncollected_without_charge: (found) =>
    `${found} is uncollected of a request that was not charged`,
  uncollected_exceeds_charge: (found, expected) =>
    `${found} is uncollected of a request that was charged ${expected}`,
  hold_of_ended_request: () => 'a request that is in the log still has a hold',
  hold_without_pool: (found) => `${found} holds are of this pool, which does not exist`,
  entry_without_pool: (found) => `${found} ledger entries are of this pool, which does not exist`,
};

function poolText({ pool, poolId }: LedgerFault): string {
  if (!pool) return `pool ${poolId}`;
  const { ownerKind, ownerId, ownerName, unit, scope } = pool;
  const models = scope === ALL_MODELS ? 'all models' : `model ${scope}`;
  return `pool ${poolId} (${ownerKind} ${ownerName ?? ownerId}, ${unit}, ${models})`;
}
