import { Component, computed, inject, resource } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';

import { ConsoleText } from '../../console/console-text';
import { ApiClient } from '../../core/api/api-client';
import { type Overview, type UsageChart } from '../../core/api/schema';
import { hasRole } from '../../core/auth/roles';
import { Session } from '../../core/auth/session';
import { BarChart } from '../../ui/charts/bar-chart';
import { Figures } from '../../ui/charts/figures';
import { StatCard } from '../../ui/charts/stat-card';
import { Badge } from '../../ui/badge';
import { Page } from '../../ui/page/page';
import { Region } from '../../ui/page/region';
import { timeZone } from '../../usage/usage-query';
import { UsageWords } from '../../usage/usage-words';
import { BudgetsRunningOut } from './budgets-running-out';
import { LatestAudit } from './latest-audit';

/** What an administrator looks at first: today beside yesterday, and what needs attention. */
@Component({
  imports: [
    Badge,
    BarChart,
    BudgetsRunningOut,
    LatestAudit,
    MatButton,
    Page,
    Region,
    RouterLink,
    StatCard,
  ],
  templateUrl: './overview-page.html',
  styleUrl: './overview-page.scss',
})
export class OverviewPage {
  private readonly api = inject(ApiClient);
  private readonly words = inject(UsageWords);
  private readonly messages = inject(ConsoleText);
  private readonly me = inject(Session).me;
  protected readonly figures = inject(Figures);
  protected readonly nav = computed(() => this.messages.text().nav);
  protected readonly usageText = this.words.text;
  protected readonly text = computed(() => this.words.text().overview);
  protected readonly isEngineer = computed(() => hasRole(this.me(), ['engineer']));

  private readonly zone = encodeURIComponent(timeZone());
  protected readonly overview = resource({
    loader: () => this.api.get<Overview>(`/api/admin/overview?tz=${this.zone}`),
  });
  protected readonly chart = resource({
    loader: () =>
      this.api.get<UsageChart>(`/api/admin/usage/chart?tz=${this.zone}&period=24h&metric=requests`),
  });
  protected readonly bars = computed(() =>
    this.chart.hasValue() ? this.words.chartData(this.chart.value()) : { buckets: [], series: [] },
  );
  protected readonly summary = computed(() => this.words.summary(this.bars(), 'requests'));
  protected readonly count = (value: number) => this.figures.number(value);
  protected readonly short = (value: number) => this.figures.compact(value);

  protected readonly cards = computed(() => {
    if (!this.overview.hasValue()) return [];
    const { today, yesterday, peopleToday, peopleYesterday } = this.overview.value();
    const { spend, requests, people, failed } = this.text();
    const { coins } = this.usageText();
    const { figures } = this;
    const cost = (amount: number) => coins(figures.coins(amount));
    return [
      this.card(spend, Number(today.cost), Number(yesterday.cost), cost),
      this.card(requests, today.requests, yesterday.requests, this.count),
      this.card(people, peopleToday, peopleYesterday, this.count),
      this.card(failed, today.errors, yesterday.errors, this.count),
    ];
  });
  protected readonly trouble = computed(() =>
    this.overview.hasValue() ? this.overview.value().troubled : [],
  );
  protected readonly allWell = computed(() => {
    const count = this.overview.hasValue() ? this.overview.value().models : 0;
    const { allWell, oneWell, noModels } = this.text();
    if (count === 0) return noModels;
    return count === 1 ? oneWell : allWell(this.figures.number(count));
  });
  protected readonly failing = computed(() =>
    (this.overview.hasValue() ? this.overview.value().failing : []).map((one) => ({
      ...one,
      name: this.words.modelName(one.model),
      text: this.text().failingText(
        this.figures.number(one.errors),
        this.figures.number(one.requests),
        this.figures.percent(one.errors / one.requests),
      ),
    })),
  );

  private card(label: string, now: number, before: number, say: (value: number) => string) {
    const { change, yesterday } = this.text();
    const text = before === 0 ? '' : this.figures.change((now - before) / before);
    const remark = /[1-9]/.test(text) ? change(text, say(before)) : yesterday(say(before));
    return { label, value: say(now), remark };
  }
}
