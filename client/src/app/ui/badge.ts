import { Component, input } from '@angular/core';

export type BadgeTone = 'neutral' | 'good' | 'warning' | 'bad' | 'accent';

/** A word about a thing, such as its status. Colour only repeats what the word says. */
@Component({
  selector: 'app-badge',
  template: '<ng-content />',
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: 4px;
      min-block-size: 24px;
      padding-inline: 8px;
      border-radius: 8px;
      background: var(--mat-sys-surface-container-high);
      color: var(--mat-sys-on-surface);
      font: var(--mat-sys-label-medium);
      white-space: nowrap;
      --icon-size: 16px;
    }
    :host(.good) {
      background: var(--app-success-container);
      color: var(--app-on-success-container);
    }
    :host(.warning) {
      background: var(--app-warning-container);
      color: var(--app-on-warning-container);
    }
    :host(.bad) {
      background: var(--mat-sys-error-container);
      color: var(--mat-sys-on-error-container);
    }
    :host(.accent) {
      background: var(--mat-sys-secondary-container);
      color: var(--mat-sys-on-secondary-container);
    }
    @media (forced-colors: active) {
      :host {
        border: 1px solid;
      }
    }
  `,
  host: { '[class]': 'tone()' },
})
export class Badge {
  readonly tone = input<BadgeTone>('neutral');
}
