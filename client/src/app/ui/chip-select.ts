import { Component, computed, input, output } from '@angular/core';

import { Icon } from './icon/icon';

export interface ChipOption {
  value: string;
  label: string;
}

/** A filter as a chip that opens a list: the browser's own list, with its keys and its search. */
@Component({
  selector: 'app-chip-select',
  imports: [Icon],
  template: `
    <label>
      <span class="sr-only">{{ label() }}</span>
      <select [class.is-set]="isSet()" (change)="pick($event)">
        @for (option of shown(); track option.value) {
          <option [value]="option.value" [selected]="option.value === value()">
            {{ option.label }}
          </option>
        }
      </select>
      <app-icon name="expand_more" />
    </label>
  `,
  styles: `
    :host {
      display: inline-block;
      min-inline-size: 0;
      max-inline-size: 100%;
    }
    label {
      display: flex;
      align-items: center;
      position: relative;
      --icon-size: 18px;
    }
    select {
      appearance: none;
      box-sizing: border-box;
      min-inline-size: 0;
      max-inline-size: min(15rem, 100%);
      min-block-size: 36px;
      padding: 0 36px 0 14px;
      border: 1px solid var(--mat-sys-outline);
      border-radius: 8px;
      background: var(--mat-sys-surface);
      color: var(--mat-sys-on-surface);
      font: var(--mat-sys-label-large);
      text-overflow: ellipsis;
      cursor: pointer;
    }
    select:hover {
      background: color-mix(in srgb, currentcolor 8%, var(--mat-sys-surface));
    }
    select.is-set {
      border-color: transparent;
      background: var(--mat-sys-secondary-container);
      color: var(--mat-sys-on-secondary-container);
    }
    app-icon {
      position: absolute;
      inset-inline-end: 10px;
      pointer-events: none;
    }
    @media (pointer: coarse) {
      select {
        min-block-size: 44px;
      }
    }
  `,
})
export class ChipSelect {
  readonly label = input.required<string>();
  readonly options = input.required<readonly ChipOption[]>();
  readonly value = input.required<string>();
  /** Looks chosen: it is not what the page shows anyway. */
  readonly isSet = input(false);
  readonly chosen = output<string>();

  /** What was asked for in the address is shown even if the list does not have it (any more). */
  protected readonly shown = computed(() => {
    const value = this.value();
    const options = this.options();
    if (options.some((option) => option.value === value)) return options;
    return [...options, { value, label: value }];
  });

  protected pick(event: Event): void {
    this.chosen.emit((event.target as HTMLSelectElement).value);
  }
}
