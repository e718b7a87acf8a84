import { Component, computed, input } from '@angular/core';

const WIDTH = 96;
const HEIGHT = 24;
const MARGIN = 2;

/** How something went, as a small line without axes; `summary` says it in words. */
@Component({
  selector: 'app-sparkline',
  template: `
    <svg role="img" [attr.viewBox]="box" [attr.aria-label]="summary()" focusable="false">
      <polyline [attr.points]="points().join(' ')" />
      @if (isOngoing()) {
        <polyline class="ongoing" [attr.points]="ongoing()" />
      }
    </svg>
  `,
  styles: `
    :host {
      display: inline-block;
      vertical-align: middle;
      inline-size: 96px;
      block-size: 24px;
    }
    svg {
      display: block;
      inline-size: 100%;
      block-size: 100%;
    }
    polyline {
      fill: none;
      stroke: var(--mat-sys-primary);
      stroke-width: 1.5;
      stroke-linecap: round;
      stroke-linejoin: round;
      vector-effect: non-scaling-stroke;
    }
    .ongoing {
      stroke-dasharray: 1 3;
    }
  `,
})
export class Sparkline {
  readonly values = input.required<readonly number[]>();
  readonly summary = input.required<string>();
  /** The last is not over yet: the way to it is dotted. */
  readonly isOngoing = input(false);

  protected readonly box = `0 0 ${WIDTH} ${HEIGHT}`;
  private readonly places = computed(() => sparkPoints(this.values()));
  protected readonly points = computed(() =>
    this.isOngoing() ? this.places().slice(0, -1) : this.places(),
  );
  protected readonly ongoing = computed(() => this.places().slice(-2).join(' '));
}

/** The places of values in the box, the least (or 0) at its foot. */
export function sparkPoints(values: readonly number[]): string[] {
  const most = Math.max(...values, 0) || 1;
  const step = values.length > 1 ? (WIDTH - 2 * MARGIN) / (values.length - 1) : 0;
  return values.map((value, place) => {
    const x = MARGIN + place * step;
    const y = HEIGHT - MARGIN - (Math.max(0, value) / most) * (HEIGHT - 2 * MARGIN);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
}
