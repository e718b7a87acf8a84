import { type Unit } from '../amounts.js';

/** A pool that pays, and whose policy made it so. */
export interface PoolRef {
  readonly id: string;
  readonly unit: Unit;
  /** The model it is for; empty: all models. */
  readonly scope: string;
  /** "group faculty", "user a@b.edu", "client bot", "clients.default", "defaults.tokens". */
  readonly source: string;
  /** Nano-coins or tokens. */
  readonly max: bigint;
  /** Per hour. */
  readonly refresh: bigint;
}

/** Which pools pay for an owner's requests to one model; null: not limited in that unit. */
export interface Funding {
  readonly coins: PoolRef | null;
  readonly tokens: PoolRef | null;
}

/** How one of an owner's budgets stands, for `/api/me`, consoles and refusals. */
export interface PoolOverview {
  /** Null where there is no pool: unlimited, or blocked. */
  readonly id: string | null;
  readonly unit: Unit;
  readonly scope: string;
  readonly source: string;
  readonly kind: 'limited' | 'unlimited' | 'blocked';
  /** Nano-coins or tokens; 0 where there is no pool. */
  readonly balance: bigint;
  readonly held: bigint;
  readonly available: bigint;
  readonly max: bigint;
  readonly refresh: bigint;
  readonly nextRefreshAt: Date | null;
  readonly nextRefreshAmount: bigint;
  readonly fullAt: Date | null;
}
