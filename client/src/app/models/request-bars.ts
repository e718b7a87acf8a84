import { Component, computed, inject, input } from '@angular/core';

import { ConsoleText } from '../console/console-text';
import { type ModelRequests } from '../core/api/schema';
import { I18n } from '../core/i18n/i18n';

const HEIGHT = 96;
const BAR = 10;
const STEP = 14;
/** What is not nothing can be seen. */
const LEAST = 3;

/** Requests by hour or day as bars, with the same as a table. */
@Component({
  selector: 'app-request-bars',
  template: `
    <h3>{{ heading() }}</h3>
    <svg
      role="img"
      preserveAspectRatio="none"
      [attr.viewBox]="viewBox()"
      [attr.aria-label]="heading() + '. ' + summary()"
    >
      <line x1="0" [attr.x2]="width()" [attr.y1]="floor" [attr.y2]="floor" />
      @for (bar of bars(); track bar.key) {
        <rect
          [attr.x]="bar.x"
          [attr.width]="bar.width"
          [attr.y]="bar.y"
          [attr.height]="bar.height"
          rx="2"
        >
          <title>{{ bar.title }}</title>
        </rect>
      }
    </svg>
    <p class="ends">
      <span>{{ bars()[0]?.label }}</span>
      <span>{{ bars().at(-1)?.label }}</span>
    </p>
    <p class="summary">{{ summary() }}</p>
    <details>
      <summary>{{ text().page.asTable }}</summary>
      <div class="scroll" tabindex="0" role="group" [attr.aria-label]="heading()">
        <table>
          <caption class="sr-only">
            {{
              heading()
            }}
          </caption>
          <thead>
            <tr>
              <th scope="col">{{ text().page.time }}</th>
              <th scope="col">{{ text().page.requests }}</th>
              <th scope="col">{{ text().page.failed }}</th>
            </tr>
          </thead>
          <tbody>
            @for (bar of bars(); track bar.key) {
              <tr>
                <th scope="row">{{ bar.label }}</th>
                <td>{{ i18n.number(bar.requests) }}</td>
                <td>{{ i18n.number(bar.errors) }}</td>
              </tr>
            }
          </tbody>
        </table>
      </div>
    </details>
  `,
  styleUrl: './request-bars.scss',
})
export class RequestBars {
  readonly heading = input.required<string>();
  readonly unit = input.required<'hour' | 'day'>();
  readonly counts = input.required<readonly ModelRequests[]>();

  protected readonly i18n = inject(I18n);
  private readonly messages = inject(ConsoleText);
  protected readonly text = computed(() => this.messages.text().catalogue);
  protected readonly width = computed(() => this.counts().length * STEP);
  protected readonly viewBox = computed(() => `0 0 ${this.width()} ${HEIGHT}`);
  protected readonly floor = HEIGHT - 0.5;
  private readonly most = computed(() => Math.max(...this.counts().map((one) => one.requests), 0));
  protected readonly summary = computed(() => {
    const total = this.counts().reduce((sum, { requests }) => sum + requests, 0);
    if (total === 0) return this.text().page.noRequests;
    const tell = this.text().page.summary[this.unit()];
    return tell(this.i18n.number(total), this.i18n.number(this.most()));
  });
  protected readonly bars = computed(() =>
    this.counts().map((one, index) => {
      const share = one.requests / Math.max(this.most(), 1);
      const height = one.requests === 0 ? 0 : Math.max(LEAST, share * (HEIGHT - 4));
      const label = this.labelOf(one.key);
      const x = index * STEP + (STEP - BAR) / 2;
      const title = `${label}: ${this.i18n.number(one.requests)}`;
      return { ...one, x, width: BAR, y: HEIGHT - height, height, label, title };
    }),
  );

  /** Whole days are of the person's own time zone; noon keeps them where they are. */
  private labelOf(key: string): string {
    if (this.unit() === 'day') return this.i18n.dayAndMonth(`${key}T12:00:00`);
    const options = { hour: '2-digit', minute: '2-digit' } as const;
    return new Intl.DateTimeFormat(this.i18n.locale(), options).format(new Date(key));
  }
}
