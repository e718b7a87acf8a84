import {
  Component,
  DestroyRef,
  ElementRef,
  afterRenderEffect,
  computed,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';

import { ConsoleText } from '../../console/console-text';
import { DarkMode } from '../../core/theme/dark-mode';
import { type ChartLook } from './bar-options';
import { type BarChartData, totalsOf } from './chart-data';
import { type DrawnBars } from './chart-engine';

const TOOLTIP_WIDTH = 240;

/** The drawing of bars, and what is shown of the bucket under the pointer. */
@Component({
  selector: 'app-bar-drawing',
  templateUrl: './bar-drawing.html',
  styleUrl: './bar-drawing.scss',
  host: {
    '(pointermove)': 'point($event)',
    '(pointerdown)': 'point($event)',
    '(pointerleave)': 'pointed.set(null)',
    '(document:keydown.escape)': 'pointed.set(null)',
  },
})
export class BarDrawing {
  readonly data = input.required<BarChartData>();
  readonly colours = input.required<readonly string[]>();
  readonly summary = input.required<string>();
  readonly format = input.required<(value: number) => string>();
  readonly axisFormat = input.required<(value: number) => string>();
  readonly isWhole = input(false);

  private readonly canvas = viewChild.required<ElementRef<HTMLElement>>('canvas');
  private readonly messages = inject(ConsoleText);
  private readonly darkMode = inject(DarkMode);
  private readonly drawn = signal<DrawnBars | null>(null);
  private isGone = false;
  protected readonly pointed = signal<{ bucket: number; middle: number } | null>(null);
  protected readonly text = computed(() => this.messages.text().usage.chart);
  protected readonly tip = computed(() => {
    const place = this.pointed();
    const { buckets, series } = this.data();
    const bucket = place === null ? undefined : buckets[place.bucket];
    if (place === null || bucket === undefined) return null;
    const width = this.canvas().nativeElement.clientWidth;
    const left = place.middle + 16;
    return {
      ...bucket,
      middle: place.middle,
      left: left + TOOLTIP_WIDTH > width ? null : left,
      right: left + TOOLTIP_WIDTH > width ? Math.min(width - place.middle + 16, width - 160) : null,
      total: totalsOf(this.data())[place.bucket]!,
      lines: series
        .map(({ name, values }, index) => ({
          name,
          value: values[place.bucket] ?? 0,
          colour: this.colours()[index]!,
        }))
        .reverse(),
    };
  });

  constructor() {
    void this.load();
    const destroyed = inject(DestroyRef);
    destroyed.onDestroy(() => {
      this.isGone = true;
      this.drawn()?.dispose();
    });
    afterRenderEffect(() => this.draw());
    const resized = new ResizeObserver(() => this.drawn()?.resize());
    afterRenderEffect(() => resized.observe(this.canvas().nativeElement));
    destroyed.onDestroy(() => resized.disconnect());
  }

  protected point({ clientX }: PointerEvent): void {
    const drawn = this.drawn();
    if (drawn === null) return;
    const left = clientX - this.canvas().nativeElement.getBoundingClientRect().left;
    const bucket = drawn.bucketAt(left);
    const isThere = bucket !== null && bucket >= 0 && bucket < this.data().buckets.length;
    this.pointed.set(isThere ? { bucket, middle: drawn.middleOf(bucket) } : null);
  }

  private async load(): Promise<void> {
    const { DrawnBars } = await import('./chart-engine');
    if (!this.isGone) this.drawn.set(new DrawnBars(this.canvas().nativeElement));
  }

  private draw(): void {
    this.drawn()?.draw(this.data(), {
      look: this.look(),
      format: this.axisFormat(),
      isWhole: this.isWhole(),
      isAnimated: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    });
  }

  /** The page's colours as they are now; a drawing does not know `var()`. */
  private look(): ChartLook {
    const isDark = this.darkMode.isOn();
    const { color, borderTopColor, backgroundColor, fontFamily } = getComputedStyle(
      this.canvas().nativeElement,
    );
    return {
      isDark,
      text: color,
      line: borderTopColor,
      surface: backgroundColor,
      font: fontFamily,
      series: this.colours(),
    };
  }
}
