import { Component, computed, inject, input, resource } from '@angular/core';

import { ApiClient } from '../../core/api/api-client';
import { type AdminUsageChart, type UsageOutlook as Outlook } from '../../core/api/schema';
import { I18n } from '../../core/i18n/i18n';
import { BarChart } from '../../ui/charts/bar-chart';
import { type BarChartData } from '../../ui/charts/chart-data';
import { Figures } from '../../ui/charts/figures';
import { StatCard } from '../../ui/charts/stat-card';
import { keepShown } from '../../ui/page/keep-shown';
import { Region } from '../../ui/page/region';
import { bucketNames } from '../../usage/bucket-names';
import { timeZone } from '../../usage/usage-query';
import { UsageWords } from '../../usage/usage-words';
import { growthData } from './growth-data';

/** Below everybody's usage: what the month will have cost, and how many people there are. */
@Component({
  selector: 'app-usage-outlook',
  imports: [BarChart, Region, StatCard],
  templateUrl: './usage-outlook.html',
  styleUrl: './usage-outlook.scss',
})
export class UsageOutlook {
  /** The period and filters of the page, as the server is asked for them. */
  readonly query = input.required<string>();
  readonly period = input.required<AdminUsageChart['period']>();

  private readonly api = inject(ApiClient);
  private readonly figures = inject(Figures);
  private readonly i18n = inject(I18n);
  private readonly words = inject(UsageWords);
  protected readonly text = computed(() => this.words.text().outlook);
  protected readonly format = (value: number) => this.figures.number(value);

  protected readonly outlook = keepShown(
    resource({
      params: () => `/api/admin/usage/outlook?${this.query()}`,
      loader: ({ params }) => this.api.get<Outlook>(params),
    }),
  );

  protected readonly month = computed(() => {
    const { from, spent, projected, paceDays } = this.outlook.value().month;
    const { coins } = this.words.text();
    const name = new Intl.DateTimeFormat(this.i18n.locale(), {
      month: 'long',
      timeZone: timeZone(),
    }).format(new Date(from));
    return {
      name,
      projected: coins(this.figures.coins(Number(projected))),
      remark: this.text().soFar(this.figures.coins(Number(spent))),
      pace: this.text().pace(paceDays),
    };
  });
  protected readonly people = computed<BarChartData | null>(() => {
    const { people } = this.outlook.value();
    if (people === null) return null;
    const { before, joined } = this.text();
    const buckets = bucketNames({ ...people, period: this.period() }, this.i18n.locale());
    return growthData(people, buckets, { before, joined });
  });
  protected readonly summary = computed(() => {
    const { people } = this.outlook.value();
    if (people === null) return '';
    const came = people.joined.reduce((sum, value) => sum + value, 0);
    const [new_, all] = [came, people.before + came].map((value) => this.figures.number(value));
    return this.text().peopleSummary(new_!, all!);
  });
}
