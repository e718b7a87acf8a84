import { Component, computed, inject, input, output } from '@angular/core';

import { type UsageChart, type UsagePeople } from '../core/api/schema';
import { BarChart } from '../ui/charts/bar-chart';
import { Figures } from '../ui/charts/figures';
import { HeatMap } from '../ui/charts/heat-map';
import { StatCard } from '../ui/charts/stat-card';
import { ChoiceBar } from '../ui/choice-bar';
import { USAGE_METRICS, type UsageMetric } from './usage-query';
import { UsageWords, tokensOf } from './usage-words';

const SHOWN_METRICS = USAGE_METRICS.slice(0, 3);

/** Usage as cards, a chart, a table that is projected, and a heat map beside how quick models are. */
@Component({
  selector: 'app-usage-view',
  imports: [BarChart, ChoiceBar, HeatMap, StatCard],
  templateUrl: './usage-view.html',
  styleUrl: './usage-view.scss',
})
export class UsageView {
  readonly chart = input.required<UsageChart>();
  /** Only where it is about many. */
  readonly people = input<UsagePeople | null>(null);
  /** What 95 of 100 first tokens took at the most; null: not known, an average is shown. */
  readonly firstTokenMs = input<number | null>(null);
  readonly metricChosen = output<UsageMetric>();

  private readonly figures = inject(Figures);
  private readonly words = inject(UsageWords);
  protected readonly text = this.words.text;
  protected readonly data = computed(() => this.words.chartData(this.chart()));
  protected readonly summary = computed(() => this.words.summary(this.data(), this.chart().metric));
  protected readonly heading = computed(() => {
    const { metric, bucket } = this.chart();
    return this.text().byModel(this.text().perBucket[metric][bucket]);
  });
  protected readonly format = computed(() => {
    const { metric } = this.chart();
    return (value: number) => this.words.amount(value, metric);
  });
  protected readonly axisFormat = (value: number) => this.figures.compact(value);
  protected readonly choices = computed(() => {
    const { metric } = this.chart();
    const shown = SHOWN_METRICS.includes(metric) ? SHOWN_METRICS : USAGE_METRICS;
    return shown.map((value) => ({ value, label: this.text().metrics[value] }));
  });
  protected readonly heatCaption = computed(() => {
    const { metric, period } = this.chart();
    return this.text().heatMapCaption(this.text().metrics[metric], period.tz);
  });
  protected readonly cards = computed(() => {
    const { totals, change, metric } = this.chart();
    const { requests, errors } = totals;
    const amounts = { cost: Number(totals.cost), requests, tokens: tokensOf(totals), errors };
    return this.cardTexts().map((card) => ({
      ...card,
      change: this.words.change(change[card.metric], amounts[card.metric]),
      isChosen: card.metric === metric,
    }));
  });
  protected readonly peopleCard = computed(() => {
    const people = this.people();
    if (people === null) return null;
    const { active, previous, total } = people;
    const change = previous === 0 ? null : (active - previous) / previous;
    return {
      value: this.figures.compact(active),
      remark: this.text().cards.of(this.figures.number(total)),
      change: this.words.change(change, active),
    };
  });

  private cardTexts() {
    const { totals } = this.chart();
    const { cards } = this.text();
    const { figures } = this;
    const cost = Number(totals.cost);
    const [input, output] = [totals.promptTokens, totals.completionTokens];
    const share = totals.requests === 0 ? 0 : totals.errors / totals.requests;
    return [
      {
        metric: 'cost',
        label: cards.spend,
        value: cost >= 10_000 ? figures.compact(cost) : figures.coins(cost),
        remark: cards.inCoins,
      },
      {
        metric: 'requests',
        label: cards.requests,
        value: figures.compact(totals.requests),
        remark: totals.cancelled > 0 ? cards.cancelled(figures.number(totals.cancelled)) : '',
      },
      {
        metric: 'tokens',
        label: cards.tokens,
        value: figures.compact(input + output),
        remark: cards.inAndOut(figures.compact(input), figures.compact(output)),
      },
      {
        metric: 'errors',
        label: cards.failed,
        value: figures.percent(share),
        remark: this.failedRemark(),
      },
    ] as const;
  }

  private failedRemark(): string {
    const { errors, averageFirstByteMs } = this.chart().totals;
    const { failedCount, failedOf, failedWithin } = this.text().cards;
    const count = this.figures.number(errors);
    const p95 = this.firstTokenMs();
    if (p95 !== null) return failedWithin(count, this.figures.duration(p95));
    return averageFirstByteMs === null
      ? failedCount(count)
      : failedOf(count, this.figures.duration(averageFirstByteMs));
  }

  protected choose(metric: string): void {
    this.metricChosen.emit(metric as UsageMetric);
  }
}
