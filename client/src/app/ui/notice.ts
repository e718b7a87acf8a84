import { Component, input } from '@angular/core';

import { Icon, type IconName } from './icon/icon';

/** What a page says instead of its content: nothing there yet, or something went wrong. */
@Component({
  selector: 'app-notice',
  imports: [Icon],
  template: `
    <span class="disc"><app-icon [name]="icon()" /></span>
    <h2>{{ heading() }}</h2>
    @if (text() !== '') {
      <p>{{ text() }}</p>
    }
    <ng-content />
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      align-items: center;
      gap: 8px;
      max-inline-size: 30rem;
      margin: auto;
      padding: 48px 16px;
      text-align: center;
    }
    .disc {
      display: grid;
      place-items: center;
      inline-size: 56px;
      block-size: 56px;
      margin-block-end: 8px;
      border-radius: 50%;
      background: var(--mat-sys-secondary-container);
      color: var(--mat-sys-on-secondary-container);
      --icon-size: 28px;
    }
    h2 {
      margin: 0;
      font: var(--mat-sys-title-medium);
    }
    p {
      margin: 0 0 12px;
      font: var(--mat-sys-body-medium);
      color: var(--mat-sys-on-surface-variant);
      text-wrap: balance;
    }
  `,
})
export class Notice {
  readonly icon = input.required<IconName>();
  readonly heading = input.required<string>();
  readonly text = input('');
}
