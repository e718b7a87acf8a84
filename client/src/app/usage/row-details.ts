import { type Signal, computed, inject, resource } from '@angular/core';

import { ConsoleText } from '../console/console-text';
import { ApiClient } from '../core/api/api-client';
import { type CoinsLeft, type UsageTrends } from '../core/api/schema';
import { Figures } from '../ui/charts/figures';
import { type UsageMetric } from './usage-query';
import { UsageWords } from './usage-words';

/** From here on a budget is nearly used up. */
const SCARCE = 0.8;

/** What a row of a table of usage shows beside its sums. */
export interface RowDetail {
  /** How it went over the period; null: not known. */
  trend: { values: readonly number[]; summary: string } | null;
  /** How much of the coins is used; without a share where there is no limit, or nothing at all. */
  budget: { share: number | null; text: string; tone: '' | 'warning' | 'bad' };
}

export type RowDetails = ReadonlyMap<string, RowDetail>;

const NONE: RowDetails = new Map();

/**
 * Asks what rows show beside their sums once the rows are there; in the constructor of a page.
 * `address` is null where there is nothing to ask for.
 */
export function rowDetails(
  address: () => string | null,
  metric: () => UsageMetric,
): Signal<RowDetails> {
  const api = inject(ApiClient);
  const figures = inject(Figures);
  const words = inject(UsageWords);
  const messages = inject(ConsoleText);
  const asked = resource({
    params: () => address() ?? undefined,
    loader: ({ params }) =>
      api.get<{ items: (UsageTrends['items'][number] & { coins?: CoinsLeft | null })[] }>(params),
  });

  const trendOf = (values: readonly number[] | null) => {
    if (values === null || values.length < 2) return null;
    const [first, last, most] = [values[0]!, values.at(-1)!, Math.max(...values)].map((value) =>
      words.amountOf(value, metric()),
    );
    return { values, summary: words.text().table.trendOf(first!, last!, most!) };
  };
  return computed(() => {
    if (!asked.hasValue()) return NONE;
    const { items } = asked.value();
    const { unlimited } = messages.text().words;
    return new Map(
      items.map(({ key, trend, coins }) => [
        key,
        {
          trend: trendOf(trend),
          budget: budgetOf(coins ?? null, unlimited, (share) => figures.percent(share)),
        },
      ]),
    );
  });
}

function budgetOf(
  coins: CoinsLeft | null,
  unlimited: string,
  percent: (share: number) => string,
): RowDetail['budget'] {
  const max = Number(coins?.max ?? 0);
  if (coins?.kind === 'unlimited') return { share: null, text: unlimited, tone: '' };
  if (coins?.kind !== 'limited' || max <= 0) return { share: null, text: '–', tone: '' };
  const share = Math.min(1, Math.max(0, 1 - Number(coins.available) / max));
  const tone = share >= 1 ? 'bad' : share >= SCARCE ? 'warning' : '';
  return { share, text: percent(share), tone };
}

/** The keys of a page of a table, as the server is asked for their details. */
export function keysOf(items: readonly { key: string }[]): string {
  return items.map(({ key }) => `&of=${encodeURIComponent(key)}`).join('');
}
