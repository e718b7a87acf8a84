import { arrivedBetween } from './refresh-credit.js';

/** What the times of a refresh follow from. Nano-coins or tokens. */
export interface RefreshState {
  readonly balance: bigint;
  readonly max: bigint;
  /** Per hour. */
  readonly refresh: bigint;
  /** Up to when the refresh has been credited. */
  readonly refreshedAt: Date;
}

export interface NextRefresh {
  readonly at: Date;
  readonly amount: bigint;
}

const HOUR_MS = 3_600_000;

/** When more comes, and how much; null where nothing does: no refresh, or full already. */
export function nextRefresh(pool: RefreshState, now: Date): NextRefresh | null {
  const missing = pool.max - pool.balance;
  if (pool.refresh <= 0n || missing <= 0n) return null;
  const dueMs = pool.refreshedAt.getTime() + HOUR_MS;
  const at = new Date(Math.max(dueMs, now.getTime()));
  const arrived = arrivedBetween(pool.refresh, pool.refreshedAt.getTime(), at.getTime());
  return { at, amount: arrived < missing ? arrived : missing };
}

/** When the pool is full if nothing is spent; `now` if it is, null if it never will be. */
export function fullAt(pool: RefreshState, now: Date): Date | null {
  const missing = pool.max - pool.balance;
  if (missing <= 0n) return now;
  if (pool.refresh <= 0n) return null;
  const hours = (missing + pool.refresh - 1n) / pool.refresh;
  const atMs = pool.refreshedAt.getTime() + Number(hours) * HOUR_MS;
  return atMs > LATEST_MS ? null : new Date(Math.max(atMs, now.getTime()));
}

/** The last time a Date can hold. */
const LATEST_MS = 8.64e15;
