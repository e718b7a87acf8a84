import { Component, computed, inject, input, output } from '@angular/core';

import { ConsoleText } from '../console/console-text';

export interface FilterChoice {
  name: string;
  label: string;
  value: string;
  choices: readonly { value: string; label: string }[];
}

let rows = 0;

/** A search field and a few menus above a list; each change is told by its name. */
@Component({
  selector: 'app-filter-row',
  template: `
    <div class="row" role="search">
      <div class="field wide">
        <label [for]="id">{{ searchLabel() }}</label>
        <input
          type="search"
          autocomplete="off"
          [id]="id"
          [value]="search()"
          (input)="tell('search', $event)"
        />
      </div>
      @for (filter of filters(); track filter.name) {
        <div class="field">
          <label [for]="id + filter.name">{{ filter.label }}</label>
          <select [id]="id + filter.name" (change)="tell(filter.name, $event)">
            <option value="" [selected]="filter.value === ''">{{ words().all }}</option>
            @for (choice of filter.choices; track choice.value) {
              <option [value]="choice.value" [selected]="choice.value === filter.value">
                {{ choice.label }}
              </option>
            }
          </select>
        </div>
      }
      <ng-content />
    </div>
  `,
  styleUrls: ['./fields.scss', './filter-row.scss'],
})
export class FilterRow {
  readonly searchLabel = input.required<string>();
  readonly search = input.required<string>();
  readonly filters = input<readonly FilterChoice[]>([]);
  readonly changed = output<{ name: string; value: string }>();

  protected readonly id = `filter-row-${++rows}`;
  private readonly messages = inject(ConsoleText);
  protected readonly words = computed(() => this.messages.text().words);

  protected tell(name: string, { target }: Event): void {
    this.changed.emit({ name, value: (target as HTMLInputElement | HTMLSelectElement).value });
  }
}
