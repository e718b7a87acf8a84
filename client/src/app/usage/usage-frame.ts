import { NgTemplateOutlet } from '@angular/common';
import {
  Component,
  TemplateRef,
  computed,
  contentChild,
  inject,
  input,
  output,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';

import {
  type UsageChart,
  type UsageLatencies,
  type UsagePeople,
  type UsageSums,
} from '../core/api/schema';
import { ChoiceBar } from '../ui/choice-bar';
import { Notice } from '../ui/notice';
import { type KeptResource } from '../ui/page/keep-shown';
import { Page } from '../ui/page/page';
import { Region } from '../ui/page/region';
import { UrlFilters } from '../ui/page/url-filters';
import { ExportMenu } from './export-menu';
import { ModelSpeeds } from './model-speeds';
import { type RowDetails } from './row-details';
import { UsageAddress } from './usage-address';
import { type UsageFilter, UsageFilters } from './usage-filters';
import { type UsageColumn, type UsageRow, UsageTable } from './usage-table';
import { UsageView } from './usage-view';
import { UsageWords } from './usage-words';

/**
 * A page of usage, of oneself or of everybody: filters, cards, the chart, and one table by what is
 * chosen. What stands below the table is projected as `#below`, what stands below everything as
 * `#further`.
 */
@Component({
  selector: 'app-usage-frame',
  imports: [
    ChoiceBar,
    ExportMenu,
    MatButton,
    ModelSpeeds,
    NgTemplateOutlet,
    Notice,
    Page,
    Region,
    RouterLink,
    UsageFilters,
    UsageTable,
    UsageView,
  ],
  templateUrl: './usage-frame.html',
  styleUrl: './usage-frame.scss',
})
export class UsageFrame<Table extends keyof TableNames> {
  readonly heading = input.required<string>();
  readonly exportAddress = input.required<string>();
  readonly query = input.required<string>();
  readonly filters = input.required<readonly UsageFilter[]>();
  readonly askedAt = input.required<number | null>();
  readonly chart = input.required<KeptResource<UsageChart>>();
  readonly people = input<UsagePeople | null>(null);
  readonly table = input.required<KeptResource<{ totals: UsageSums }>>();
  /** What the table can be by; the first by itself. */
  readonly tables = input.required<readonly Table[]>();
  readonly by = input.required<Table>();
  readonly rows = input.required<readonly UsageRow[]>();
  readonly details = input.required<RowDetails>();
  readonly columns = input.required<readonly UsageColumn[]>();
  /** Where the server has the models of this usage. */
  readonly speeds = input.required<string>();
  /** Only where they are of everybody. */
  readonly latencies = input<UsageLatencies | null>(null);
  readonly requestsLink = input.required<string>();
  readonly tableAsked = output<void>();

  protected readonly below = contentChild<TemplateRef<unknown>>('below');
  protected readonly further = contentChild<TemplateRef<unknown>>('further');
  protected readonly url = inject(UrlFilters);
  protected readonly address = inject(UsageAddress);
  protected readonly text = inject(UsageWords).text;
  protected readonly choices = computed(() =>
    this.tables().map((value) => ({ value, label: this.text().table[value] })),
  );
  protected readonly isOngoing = computed(() => {
    const to = this.chart().value()?.period.to;
    return to !== undefined && Date.parse(to) > Date.now();
  });
  protected readonly totalCost = computed(() =>
    this.table().hasValue() ? Number(this.table().value().totals.cost) : 0,
  );
  protected readonly caption = computed(() => {
    const { table, filters } = this.text();
    return table.caption(table[this.by()], filters.periods[this.address.periodName()]);
  });
}

type TableNames = Record<
  'model' | 'key' | 'source' | 'user' | 'group' | 'client' | 'endpoint',
  unknown
>;
