import { DestroyRef, Service, computed, inject, signal } from '@angular/core';

import { ApiClient } from '../api/api-client';
import { type Budget, type MeWithBudgets } from '../api/schema';

/** Not sooner than this after a refill is due: the server gives it in its own time. */
const AFTER_REFILL_MS = 2_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** What the person may still spend. The server tells when it changes; see ChatEvents. */
@Service()
export class Budgets {
  private readonly api = inject(ApiClient);
  private readonly state = signal<readonly Budget[] | null>(null);
  private asking: Promise<void> | null = null;
  private isAskedAgain = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  readonly isLoaded = computed(() => this.state() !== null);
  readonly budgets = computed(() => this.state() ?? []);
  /** The coins for all models; null while unknown, or where coins do not count. */
  readonly coins = computed(() => this.forAllModels('coins'));
  /** The tokens for all models; null while unknown, or where tokens do not count. */
  readonly tokens = computed(() => this.forAllModels('tokens'));
  /** The budget that keeps the person from asking any model that costs something. */
  readonly empty = computed(() => {
    const all = [this.coins(), this.tokens()].filter((budget) => budget !== null);
    return all.find(isUsedUp) ?? null;
  });
  readonly isEmpty = computed(() => this.empty() !== null);
  /** When there will be more than now; null: never, or it is full. */
  readonly nextRefreshAt = computed(
    () => (this.empty() ?? this.coins() ?? this.tokens())?.nextRefreshAt ?? null,
  );

  constructor() {
    inject(DestroyRef).onDestroy(() => clearTimeout(this.timer));
  }

  /**
   * Asks the server; calls while it is being asked become one more. Never throws: what was known
   * stays.
   */
  refresh(): Promise<void> {
    this.isAskedAgain = this.asking !== null;
    this.asking ??= this.ask().finally(() => (this.asking = null));
    return this.asking;
  }

  private async ask(): Promise<void> {
    do {
      this.isAskedAgain = false;
      try {
        this.state.set((await this.api.get<MeWithBudgets>('/api/me')).budgets);
      } catch {
        // The meter keeps what it knew; what is asked of a model says itself what is wrong.
      }
    } while (this.isAskedAgain);
    this.askAfterRefill();
  }

  private askAfterRefill(): void {
    clearTimeout(this.timer);
    const at = this.nextRefreshAt();
    if (at === null) return;
    const wait = Math.max(0, Date.parse(at) - Date.now()) + AFTER_REFILL_MS;
    this.timer = setTimeout(() => void this.refresh(), Math.min(wait, LONGEST_TIMER_MS));
  }

  private forAllModels(unit: Budget['unit']): Budget | null {
    return this.budgets().find((one) => one.unit === unit && one.model === null) ?? null;
  }
}

/** Nothing is left of it. What is held by an answer under way counts as left. */
export function isUsedUp({ kind, balance }: Budget): boolean {
  return kind === 'blocked' || (kind === 'limited' && Number(balance) <= 0);
}
