import { Service, computed, inject } from '@angular/core';

import { ConsoleText } from '../console/console-text';
import { type UsageChart, type UsageSums } from '../core/api/schema';
import { I18n } from '../core/i18n/i18n';
import { type BarChartData, totalsOf } from '../ui/charts/chart-data';
import { Figures } from '../ui/charts/figures';
import { bucketNames } from './bucket-names';
import { type UsageMetric } from './usage-query';

/** Amounts of usage and what charts of it say, in words. */
@Service()
export class UsageWords {
  private readonly figures = inject(Figures);
  private readonly i18n = inject(I18n);
  private readonly messages = inject(ConsoleText);
  readonly text = computed(() => this.messages.text().usage);

  /** A number of a table or a tooltip. */
  amount(value: number, metric: UsageMetric): string {
    return metric === 'cost' ? this.figures.coins(value) : this.figures.number(value);
  }

  /** With its unit: "12.50 coins", "3 requests". */
  amountOf(value: number, metric: UsageMetric): string {
    const { coins, requestsOf, tokensOf, errorsOf } = this.text();
    const say = { cost: coins, requests: requestsOf, tokens: tokensOf, errors: errorsOf };
    return say[metric](this.amount(value, metric));
  }

  modelName(model: string): string {
    return model === '' ? this.text().noSuchModel : model;
  }

  chartData(chart: UsageChart): BarChartData {
    const series = chart.series.map(({ model, values }) =>
      model === null
        ? { name: this.text().otherModels(chart.otherModels), values, isRest: true }
        : { name: this.modelName(model), values },
    );
    return { buckets: bucketNames(chart, this.i18n.locale()), series };
  }

  summary(data: BarChartData, metric: UsageMetric): string {
    const { chartSummary, chartEmpty, mostAt } = this.text();
    const totals = totalsOf(data);
    const most = Math.max(0, ...totals);
    const [from, to] = [data.buckets[0]?.name ?? '', data.buckets.at(-1)?.name ?? ''];
    if (most === 0) return chartEmpty(from, to);
    const total = totals.reduce((sum, value) => sum + value, 0);
    const at = data.buckets[totals.indexOf(most)]!.name;
    const mostText = mostAt(this.amountOf(most, metric), at);
    return chartSummary(this.amountOf(total, metric), from, to, mostText);
  }

  /** "+12% on the period before" */
  change(change: number | null, now: number): string {
    const { cards } = this.text();
    if (change === null) return now === 0 ? '' : cards.nothingBefore;
    const text = this.figures.change(change);
    return /[1-9]/.test(text) ? cards.change(text) : cards.noChange;
  }
}

/** Input and output together. */
export const tokensOf = ({ promptTokens, completionTokens }: UsageSums): number =>
  promptTokens + completionTokens;
