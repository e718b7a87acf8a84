import { Component, computed, inject, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';

import { Figures } from '../ui/charts/figures';
import { ShareBar } from '../ui/charts/share-bar';
import { Sparkline } from '../ui/charts/sparkline';
import { DataTable } from '../ui/table/data-table';
import { SortHeader, type Sorting } from '../ui/table/sort-header';
import { type RowDetails } from './row-details';
import { type UsageMetric } from './usage-query';
import { UsageWords } from './usage-words';

/** One line of a table of usage. */
export interface UsageRow {
  key: string;
  name: string;
  /** Leads to the same page with only this; null: there is nothing more to see. */
  only: Record<string, string | null> | null;
  requests: number;
  errors: number;
  tokens: number;
  cost: number;
}

/** Columns that only some tables have. */
export type UsageColumn = 'budget' | 'trend';

/** Who or what the usage comes from. */
@Component({
  selector: 'app-usage-table',
  imports: [DataTable, RouterLink, ShareBar, SortHeader, Sparkline],
  templateUrl: './usage-table.html',
  styleUrl: './usage-table.scss',
})
export class UsageTable {
  readonly rows = input.required<readonly UsageRow[]>();
  /** What comes after the rows, by their keys. */
  readonly details = input.required<RowDetails>();
  readonly columns = input.required<readonly UsageColumn[]>();
  /** The end of the period is still to come. */
  readonly isOngoing = input(false);
  readonly caption = input.required<string>();
  readonly sorting = input.required<Sorting<UsageMetric>>();
  /** Of all rows of all pages: what shares are of. */
  readonly totalCost = input.required<number>();
  readonly sorted = output<Sorting<UsageMetric>>();

  protected readonly figures = inject(Figures);
  protected readonly text = inject(UsageWords).text;
  protected readonly shown = computed(() =>
    this.rows().map((row) => ({
      ...row,
      detail: this.details().get(row.key) ?? null,
      share: this.totalCost() === 0 ? 0 : row.cost / this.totalCost(),
    })),
  );
}
