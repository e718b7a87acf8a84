import { Component, DestroyRef, computed, inject, output, signal } from '@angular/core';

import { I18n } from '../../core/i18n/i18n';

/** When to say how long it has been, and when to offer something else. */
const SAY_AFTER_S = 3;
const OFFER_AFTER_S = 20;

/** Between the question and the first word. */
@Component({
  selector: 'app-waiting',
  template: `
    <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>
    @if (seconds() >= sayAfter) {
      <span class="phase">{{ text().waiting(seconds()) }}</span>
    }
    @if (seconds() >= offerAfter) {
      <button type="button" (click)="switchModel.emit()">{{ text().switchModel }}</button>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 12px;
      min-block-size: 40px;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-medium);
      font-variant-numeric: tabular-nums;
    }
    .dots {
      display: flex;
      gap: 5px;
    }
    i {
      inline-size: 8px;
      block-size: 8px;
      border-radius: 50%;
      background: currentcolor;
      animation: pulse 1.2s infinite ease-in-out;
    }
    i:nth-child(2) {
      animation-delay: 0.15s;
    }
    i:nth-child(3) {
      animation-delay: 0.3s;
    }
    button {
      min-block-size: 36px;
      padding-inline: 16px;
      border: 1px solid var(--mat-sys-outline);
      border-radius: 18px;
      background: none;
      color: var(--mat-sys-primary);
      font: var(--mat-sys-label-large);
      cursor: pointer;
    }
    @keyframes pulse {
      0%,
      60%,
      100% {
        opacity: 0.25;
      }
      30% {
        opacity: 1;
      }
    }
    @media (prefers-reduced-motion: reduce) {
      i {
        animation: none;
      }
    }
  `,
})
export class Waiting {
  readonly switchModel = output<void>();

  protected readonly sayAfter = SAY_AFTER_S;
  protected readonly offerAfter = OFFER_AFTER_S;
  protected readonly seconds = signal(0);

  private readonly i18n = inject(I18n);
  protected readonly text = computed(() => this.i18n.text().chat);

  constructor() {
    const timer = setInterval(() => this.seconds.update((seconds) => seconds + 1), 1000);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }
}
