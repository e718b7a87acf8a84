import { Component, input, output } from '@angular/core';

import { Icon, type IconName } from './icon/icon';

export interface Choice {
  value: string;
  label: string;
  icon?: IconName;
  /** Language of the label, where it is not the page's. */
  lang?: string;
}

let bars = 0;

/** A few exclusive choices side by side; radio buttons to the keyboard and to screen readers. */
@Component({
  selector: 'app-choice-bar',
  imports: [Icon],
  template: `
    <fieldset>
      <legend [class.sr-only]="isLegendHidden()">{{ legend() }}</legend>
      <div class="bar">
        @for (choice of choices(); track choice.value) {
          <label [attr.lang]="choice.lang">
            <input
              type="radio"
              class="sr-only"
              [name]="name"
              [value]="choice.value"
              [checked]="choice.value === value()"
              (change)="chosen.emit(choice.value)"
            />
            @if (choice.icon; as icon) {
              <app-icon [name]="icon" />
            }
            <span>{{ choice.label }}</span>
          </label>
        }
      </div>
    </fieldset>
  `,
  styles: `
    fieldset {
      margin: 0;
      padding: 0;
      border: 0;
    }
    legend {
      padding: 0 0 4px;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-label-medium);
    }
    .bar {
      display: flex;
      flex-wrap: wrap;
      gap: 4px;
      padding: 2px;
      border-radius: 14px;
      background: var(--mat-sys-surface-container-highest);
    }
    label {
      display: flex;
      flex: 1;
      align-items: center;
      justify-content: center;
      gap: 6px;
      min-block-size: 36px;
      padding-inline: 8px;
      border-radius: 12px;
      font: var(--mat-sys-label-large);
      white-space: nowrap;
      cursor: pointer;
      --icon-size: 18px;
    }
    label:hover {
      background: color-mix(in srgb, currentcolor 8%, transparent);
    }
    label:has(:checked) {
      background: var(--mat-sys-surface-container-lowest);
      color: var(--mat-sys-primary);
    }
    label:has(:focus-visible) {
      outline: 3px solid var(--mat-sys-primary);
    }
    @media (pointer: coarse) {
      label {
        min-block-size: 44px;
      }
    }
    @media (forced-colors: active) {
      label:has(:checked) {
        outline: 2px solid Highlight;
      }
    }
  `,
})
export class ChoiceBar {
  readonly legend = input.required<string>();
  /** For screen readers only, where the place says it to the eye. */
  readonly isLegendHidden = input(false);
  readonly choices = input.required<readonly Choice[]>();
  readonly value = input.required<string>();
  readonly chosen = output<string>();

  protected readonly name = `choice-bar-${++bars}`;
}
