import { Component, input, output } from '@angular/core';

/**
 * A figure with its name, how it changed and a remark. With `isChoice` it is a button that is
 * pressed or not: the chart shows what the card is about.
 */
@Component({
  selector: 'app-stat-card',
  template: `
    @if (isChoice()) {
      <button type="button" [attr.aria-pressed]="isChosen()" (click)="chosen.emit()">
        <span class="label">{{ label() }}</span>
        <span class="value">{{ value() }}</span>
        <span class="remark">{{ remark() }}</span>
        @if (change() !== '') {
          <span class="remark">{{ change() }}</span>
        }
      </button>
    } @else {
      <div>
        <span class="label">{{ label() }}</span>
        <span class="value">{{ value() }}</span>
        <span class="remark">{{ remark() }}</span>
        @if (change() !== '') {
          <span class="remark">{{ change() }}</span>
        }
        <ng-content />
      </div>
    }
  `,
  styles: `
    :host {
      display: grid;
      min-inline-size: 0;
    }
    button,
    div {
      display: flex;
      flex-direction: column;
      align-items: start;
      min-inline-size: 0;
      padding: 16px 20px;
      border: 0;
      border-radius: 16px;
      background: var(--mat-sys-surface-container-low);
      color: var(--mat-sys-on-surface);
      text-align: start;
    }
    button {
      cursor: pointer;
    }
    button:hover {
      background: var(--mat-sys-surface-container);
    }
    button[aria-pressed='true'] {
      background: var(--mat-sys-secondary-container);
      color: var(--mat-sys-on-secondary-container);
    }
    .label {
      font: var(--mat-sys-label-medium);
    }
    .value {
      max-inline-size: 100%;
      overflow-wrap: anywhere;
      font: 500 1.75rem/2.25rem var(--app-font);
      font-variant-numeric: tabular-nums;
    }
    .remark {
      font: var(--mat-sys-body-small);
    }
    .remark:empty {
      display: none;
    }
    @media (width < 37.5rem) {
      button,
      div {
        padding: 12px 16px;
      }
      .value {
        font-size: 1.5rem;
        line-height: 2rem;
      }
    }
    @media (forced-colors: active) {
      button[aria-pressed='true'] {
        outline: 2px solid Highlight;
      }
    }
  `,
})
export class StatCard {
  readonly label = input.required<string>();
  readonly value = input.required<string>();
  readonly remark = input('');
  readonly change = input('');
  readonly isChoice = input(false);
  readonly isChosen = input(false);
  readonly chosen = output<void>();
}
