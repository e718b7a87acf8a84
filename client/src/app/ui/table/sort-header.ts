import { Component, computed, input, output } from '@angular/core';

import { Icon } from '../icon/icon';

export interface Sorting<Column extends string = string> {
  column: Column;
  order: 'asc' | 'desc';
}

/** The head of a column that can be sorted by: `<th scope="col" appSort="name" [sorting]="…">`. */
@Component({
  selector: 'th[appSort]',
  imports: [Icon],
  template: `
    <button type="button" (click)="sorted.emit(next())">
      <ng-content />
      @if (isSorted()) {
        <app-icon name="arrow_upward" [class.is-down]="sorting().order === 'desc'" />
      }
    </button>
  `,
  styles: `
    button {
      display: inline-flex;
      align-items: center;
      gap: 4px;
      min-block-size: 32px;
      margin-inline: -8px;
      padding: 0 8px;
      border: 0;
      border-radius: 8px;
      background: none;
      color: inherit;
      font: inherit;
      cursor: pointer;
      --icon-size: 16px;
    }
    button:hover {
      background: color-mix(in srgb, currentcolor 8%, transparent);
    }
    .is-down {
      rotate: 180deg;
    }
  `,
  host: { '[attr.aria-sort]': 'ariaSort()' },
})
export class SortHeader<Column extends string = string> {
  readonly column = input.required<Column>({ alias: 'appSort' });
  readonly sorting = input.required<Sorting<Column>>();
  /** What a first click sorts by: numbers and times want the largest first. */
  readonly firstOrder = input<'asc' | 'desc'>('asc');
  readonly sorted = output<Sorting<Column>>();

  protected readonly isSorted = computed(() => this.sorting().column === this.column());
  protected readonly ariaSort = computed(() => {
    if (!this.isSorted()) return null;
    return this.sorting().order === 'asc' ? 'ascending' : 'descending';
  });
  protected readonly next = computed<Sorting<Column>>(() => {
    const order = this.sorting().order === 'asc' ? 'desc' : 'asc';
    return { column: this.column(), order: this.isSorted() ? order : this.firstOrder() };
  });
}
