import { Component, computed, inject, input } from '@angular/core';

import { ConsoleText } from '../../console/console-text';
import { I18n } from '../../core/i18n/i18n';

/** A Monday: its weekday and those after it have names in every language. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;
const LABELLED_HOURS = 3;

/**
 * How much there was at each hour of the week, as a table whose cells are the lighter or darker: 168
 * values from Monday at 0, in local time.
 */
@Component({
  selector: 'app-heat-map',
  templateUrl: './heat-map.html',
  styleUrl: './heat-map.scss',
})
export class HeatMap {
  readonly heading = input.required<string>();
  /** What is counted and in which time zone: the table's caption. */
  readonly caption = input.required<string>();
  readonly values = input.required<readonly number[]>();
  readonly format = input<(value: number) => string>((value) => String(value));

  private readonly i18n = inject(I18n);
  private readonly messages = inject(ConsoleText);
  protected readonly text = computed(() => this.messages.text().usage.chart);
  protected readonly hours = Array.from({ length: 24 }, (_, hour) => ({
    name: `${String(hour).padStart(2, '0')}:00`,
    label: hour % LABELLED_HOURS === 0 ? String(hour) : '',
  }));
  protected readonly days = computed(() => {
    const short = this.names('short');
    const long = this.names('long');
    const most = Math.max(...this.values(), 0);
    return Array.from({ length: 7 }, (_, day) => {
      const at = new Date(MONDAY + day * DAY_MS);
      const name = long.format(at);
      const cells = this.values()
        .slice(day * 24, day * 24 + 24)
        .map((value, hour) => ({ hour, value: this.format()(value), level: levelOf(value, most) }));
      return { name, short: short.format(at), cells };
    });
  });
  protected readonly busiest = computed(() => {
    const values = this.values();
    const most = Math.max(...values, 0);
    if (most === 0) return '';
    const place = values.indexOf(most);
    const day = this.days()[Math.floor(place / 24)]!;
    return this.text().busiest(day.name, this.hours[place % 24]!.name);
  });
  protected readonly levels = [0, 20, 40, 60, 80, 100];

  private names(weekday: 'short' | 'long'): Intl.DateTimeFormat {
    return new Intl.DateTimeFormat(this.i18n.locale(), { weekday, timeZone: 'UTC' });
  }
}

/** In hundredths of the most; what is little is still more than nothing. */
function levelOf(value: number, most: number): number {
  return value <= 0 || most <= 0 ? 0 : Math.max(8, Math.round((value / most) * 100));
}
