import { Component, computed, inject, input } from '@angular/core';

import { ConsoleText } from '../console/console-text';
import { I18n } from '../core/i18n/i18n';

/** Below this part it is getting scarce. */
const LOW = 0.2;

/** What is left of a budget: a bar with its numbers, or the word for none and for no end. */
@Component({
  selector: 'app-budget-bar',
  template: `
    @if (kind() === 'limited') {
      <span class="text">{{ left() }}</span>
      <span
        class="bar"
        role="meter"
        aria-valuemin="0"
        [attr.aria-label]="label()"
        [attr.aria-valuemax]="+max()"
        [attr.aria-valuenow]="shown()"
        [attr.aria-valuetext]="left()"
        [class.is-low]="share() < low"
        ><i [style.inline-size.%]="share() * 100"></i
      ></span>
    } @else {
      <span>{{ kind() === 'unlimited' ? words().unlimited : words().none }}</span>
    }
  `,
  styles: `
    :host {
      display: inline-grid;
      gap: 4px;
      min-inline-size: 96px;
    }
    .text {
      font-variant-numeric: tabular-nums;
      white-space: nowrap;
    }
    .bar {
      display: block;
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
    }
    .is-low i {
      background: var(--mat-sys-error);
    }
    @media (forced-colors: active) {
      .bar {
        border: 1px solid;
      }
      i {
        background: Highlight;
        forced-color-adjust: none;
      }
    }
  `,
})
export class BudgetBar {
  readonly kind = input.required<'limited' | 'unlimited' | 'blocked'>();
  readonly available = input.required<string>();
  readonly max = input.required<string>();
  readonly label = input.required<string>();

  protected readonly low = LOW;
  private readonly i18n = inject(I18n);
  private readonly messages = inject(ConsoleText);
  protected readonly words = computed(() => this.messages.text().words);
  protected readonly shown = computed(() => Math.min(Number(this.available()), Number(this.max())));
  protected readonly share = computed(() => {
    const max = Number(this.max());
    return max > 0 ? Math.max(0, this.shown() / max) : 0;
  });
  protected readonly left = computed(
    () => `${this.i18n.number(Number(this.available()))} / ${this.i18n.number(Number(this.max()))}`,
  );
}
