import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { Now } from '../core/time/now';
import { I18n } from '../core/i18n/i18n';
import { ConsoleText } from '../console/console-text';
import { ChipSelect, type ChipOption } from '../ui/chip-select';
import { UrlFilters } from '../ui/page/url-filters';
import { CustomDays } from './custom-days';
import { USAGE_PERIODS, timeZone } from './usage-query';
import { UsageWords } from './usage-words';

/** A filter by a list of values; the first option is for all of them. */
export interface UsageFilter {
  /** Its name in the address. */
  name: string;
  label: string;
  all: string;
  options: readonly ChipOption[];
}

const MINUTE_S = 60;

/** What usage is shown of, in the address: the period, the source, and what the page adds. */
@Component({
  selector: 'app-usage-filters',
  imports: [ChipSelect, CustomDays, MatButton],
  templateUrl: './usage-filters.html',
  styleUrl: './usage-filters.scss',
})
export class UsageFilters {
  readonly filters = input.required<readonly UsageFilter[]>();
  /** When what is shown was asked for. */
  readonly askedAt = input<number | null>(null);

  protected readonly url = inject(UrlFilters);
  private readonly now = inject(Now);
  private readonly i18n = inject(I18n);
  private readonly messages = inject(ConsoleText);
  protected readonly text = inject(UsageWords).text;
  protected readonly words = computed(() => this.messages.text().words);
  protected readonly period = computed(() => this.url.oneOf('period', USAGE_PERIODS));
  protected readonly periods = computed<ChipOption[]>(() => {
    const { periods } = this.text().filters;
    const order = ['24h', '7d', '30d', '90d', 'month', 'custom'] as const;
    return order.map((value) => ({ value, label: periods[value] }));
  });
  protected readonly shown = computed(() =>
    this.filters().map((filter) => ({
      ...filter,
      value: this.url.get(filter.name),
      options: [{ value: '', label: filter.all }, ...filter.options],
    })),
  );
  protected readonly isFiltered = computed(
    () => this.period() !== '30d' || this.shown().some(({ value }) => value !== ''),
  );
  protected readonly zone = computed(() => {
    const { zone, updated, updatedMinutes } = this.text().filters;
    const place = zone(timeZone());
    const askedAt = this.askedAt();
    if (askedAt === null) return place;
    const seconds = Math.max(0, Math.round((this.now.ms() - askedAt) / 1000));
    const when =
      seconds < MINUTE_S
        ? updated(this.i18n.number(seconds))
        : updatedMinutes(this.i18n.number(Math.round(seconds / MINUTE_S)));
    return `${place} · ${when}`;
  });

  protected choosePeriod(period: string): void {
    const days = period === 'custom' ? lastWeek() : { from: '', to: '' };
    this.url.set({ period: period === '30d' ? '' : period, ...days });
  }

  protected choose(name: string, value: string): void {
    this.url.set({ [name]: value });
  }

  protected reset(): void {
    const filters = Object.fromEntries(this.filters().map(({ name }) => [name, '']));
    this.url.set({ period: '', from: '', to: '', ...filters });
  }
}

/** What a period of one's own begins with. */
function lastWeek(): { from: string; to: string } {
  const day = (daysAgo: number) => {
    const now = new Date();
    const date = new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate() - daysAgo));
    return date.toISOString().slice(0, 10);
  };
  return { from: day(6), to: day(0) };
}
