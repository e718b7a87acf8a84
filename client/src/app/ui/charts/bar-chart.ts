import { DOCUMENT, Component, computed, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { ConsoleText } from '../../console/console-text';
import { DarkMode } from '../../core/theme/dark-mode';
import { Icon } from '../icon/icon';
import { BarDrawing } from './bar-drawing';
import { type BarChartData, totalsOf } from './chart-data';
import { csvLine, download } from './download';
import { seriesColours } from './series-colours';

/**
 * Stacked bars with a legend whose entries can be switched off, a tooltip, and the same as a table
 * (and CSV):
 *
 *     <app-bar-chart heading="Requests per day" [data]="{ buckets, series }" [summary]="…" />
 *
 * The drawing is a picture to screen readers, described by `summary`.
 */
@Component({
  selector: 'app-bar-chart',
  imports: [BarDrawing, Icon, MatButton],
  templateUrl: './bar-chart.html',
  styleUrl: './bar-chart.scss',
})
export class BarChart {
  readonly heading = input.required<string>();
  readonly data = input.required<BarChartData>();
  /** What the chart says, in a sentence: for those who do not see it. */
  readonly summary = input.required<string>();
  /** A value in the tooltip and the table. */
  readonly format = input<(value: number) => string>((value) => String(value));
  /** A value on the axis; as `format` unless given. */
  readonly axisFormat = input<((value: number) => string) | null>(null);
  readonly isWhole = input(false);
  /** Of the file that the table can be had as. */
  readonly fileName = input('chart.csv');

  private readonly messages = inject(ConsoleText);
  private readonly darkMode = inject(DarkMode);
  private readonly document = inject(DOCUMENT);
  private readonly hidden = signal<ReadonlySet<string>>(new Set());
  protected readonly isTable = signal(false);
  protected readonly text = computed(() => this.messages.text().usage.chart);

  /** Colours belong to all of the series, so that switching one off changes no other. */
  protected readonly legend = computed(() => {
    const { series } = this.data();
    const colours = seriesColours(series, this.darkMode.isOn());
    return series.map((one, place) => ({
      ...one,
      colour: colours[place]!,
      isShown: !this.hidden().has(one.name),
    }));
  });
  protected readonly shown = computed<BarChartData>(() => ({
    buckets: this.data().buckets,
    series: this.legend().filter(({ isShown }) => isShown),
  }));
  protected readonly colours = computed(() =>
    this.legend()
      .filter(({ isShown }) => isShown)
      .map(({ colour }) => colour),
  );
  protected readonly rows = computed(() => {
    const totals = totalsOf(this.data());
    return this.data().buckets.map((bucket, place) => ({
      ...bucket,
      place,
      total: totals[place]!,
    }));
  });
  protected readonly hasTotal = computed(() => this.data().series.length > 1);

  protected toggle(name: string): void {
    this.hidden.update((before) => {
      const after = new Set(before);
      if (!after.delete(name)) after.add(name);
      return after;
    });
  }

  protected save(): void {
    const { series } = this.data();
    const head = [this.text().time, ...series.map(({ name }) => name)];
    const lines = this.rows().map(({ name, place }) =>
      csvLine([name, ...series.map(({ values }) => values[place] ?? 0)]),
    );
    download(this.document, this.fileName(), csvLine(head) + lines.join(''));
  }
}
