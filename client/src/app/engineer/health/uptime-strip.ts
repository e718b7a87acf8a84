import { Component, computed, inject, input } from '@angular/core';

import { ConsoleText } from '../../console/console-text';
import { type CheckBar } from '../../core/api/schema';
import { I18n } from '../../core/i18n/i18n';

const STEP = 4;
const BAR = 3;
const HEIGHT = 28;

/** How the checks of an endpoint ended: one bar an hour or a day, the newest at the end. */
@Component({
  selector: 'app-uptime-strip',
  template: `
    <svg
      role="img"
      preserveAspectRatio="none"
      [attr.viewBox]="viewBox()"
      [attr.aria-label]="summary()"
    >
      @for (bar of shown(); track $index) {
        <rect
          [attr.width]="bar.width"
          rx="1"
          [attr.x]="bar.x"
          [attr.y]="bar.y"
          [attr.height]="bar.height"
          [class]="bar.kind"
        >
          <title>{{ bar.title }}</title>
        </rect>
      }
    </svg>
    <span>{{ summary() }}</span>
  `,
  styles: `
    :host {
      display: block;
      inline-size: 100%;
      min-inline-size: 180px;
    }
    svg {
      display: block;
      inline-size: 100%;
      max-inline-size: 360px;
      block-size: 28px;
    }
    span {
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-small);
    }
    .none {
      fill: var(--mat-sys-outline-variant);
    }
    .good {
      fill: light-dark(#1b7f5c, #7fddb3);
    }
    .mixed {
      fill: light-dark(#b3541e, #ffb68a);
    }
    .bad {
      fill: light-dark(#b3261e, #ffb4ab);
    }
    @media (forced-colors: active) {
      rect {
        fill: CanvasText;
      }
      .none {
        fill: GrayText;
      }
    }
  `,
})
export class UptimeStrip {
  readonly bars = input.required<readonly CheckBar[]>();
  readonly span = input.required<'hour' | 'day'>();

  private readonly i18n = inject(I18n);
  private readonly messages = inject(ConsoleText);
  private readonly text = computed(() => this.messages.text().catalogue.health);

  protected readonly summary = computed(() => {
    const ok = this.bars().reduce((sum, bar) => sum + bar.ok, 0);
    const all = this.bars().reduce((sum, bar) => sum + bar.ok + bar.failed, 0);
    if (all === 0) return this.text().noChecks;
    const options = { style: 'percent', maximumFractionDigits: 2 } as const;
    const share = new Intl.NumberFormat(this.i18n.locale(), options).format(ok / all);
    return this.text().uptimeOf(share);
  });

  protected readonly viewBox = computed(() => `0 0 ${this.bars().length * STEP} ${HEIGHT}`);

  /** Failures are also told by the height: what failed in part is shorter, what failed, shortest. */
  protected readonly shown = computed(() =>
    this.bars().map((bar, index) => {
      const kind = kindOf(bar);
      const height = HEIGHT * { none: 0.35, good: 1, mixed: 0.75, bad: 0.5 }[kind];
      return {
        kind,
        width: BAR,
        x: index * STEP,
        y: HEIGHT - height,
        height,
        title: this.titleOf(bar),
      };
    }),
  );

  private titleOf({ startsAt, ok, failed, lastError }: CheckBar): string {
    const when =
      this.span() === 'hour' ? this.i18n.dateAndTime(startsAt) : this.i18n.date(startsAt);
    if (ok + failed === 0) return this.text().barNone(when);
    const counts = this.text().barOf(when, this.i18n.number(ok), this.i18n.number(failed));
    return lastError === null ? counts : `${counts}. ${lastError}`;
  }
}

function kindOf({ ok, failed }: CheckBar): 'none' | 'good' | 'mixed' | 'bad' {
  if (ok + failed === 0) return 'none';
  if (failed === 0) return 'good';
  return ok === 0 ? 'bad' : 'mixed';
}
