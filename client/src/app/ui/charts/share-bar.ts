import { Component, computed, input } from '@angular/core';

/** How much of a whole, as a bar beside its number in words. */
@Component({
  selector: 'app-share-bar',
  template: `
    <span class="track" aria-hidden="true"><i [style.inline-size.%]="hundredths()"></i></span>
    <span class="text">{{ text() }}</span>
  `,
  styles: `
    :host {
      display: flex;
      align-items: center;
      gap: 8px;
      min-inline-size: 0;
    }
    .track {
      flex: 1;
      min-inline-size: 48px;
      max-inline-size: 160px;
      block-size: 6px;
      overflow: hidden;
      border-radius: 3px;
      background: var(--mat-sys-surface-container-highest);
    }
    i {
      display: block;
      block-size: 100%;
      border-radius: 3px;
      background: var(--mat-sys-primary);
      forced-color-adjust: none;
    }
    :host(.warning) i {
      background: light-dark(#7a5c00, #e6c65c);
    }
    :host(.bad) i {
      background: var(--mat-sys-error);
    }
    .text {
      min-inline-size: 44px;
      font-variant-numeric: tabular-nums;
      text-align: end;
    }
  `,
  host: { '[class]': 'tone()' },
})
export class ShareBar {
  /** From 0 to 1; more is shown as full. */
  readonly share = input.required<number>();
  readonly text = input.required<string>();
  readonly tone = input<'' | 'warning' | 'bad'>('');

  protected readonly hundredths = computed(() => Math.min(1, Math.max(0, this.share())) * 100);
}
