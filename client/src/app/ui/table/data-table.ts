import { ChangeDetectionStrategy, Component, ViewEncapsulation } from '@angular/core';

/**
 * The look of a table of rows: `<table appDataTable>`, with a caption, `<th scope="col">`, and in
 * each row a `<th scope="row">`. Below 840 px each row is a card; its cells are named by
 * `data-label`. Numbers take `class="number"`, the last column's buttons `class="actions"`.
 */
@Component({
  selector: 'table[appDataTable]',
  template: '<ng-content />',
  styleUrl: './data-table.scss',
  encapsulation: ViewEncapsulation.None,
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { class: 'app-table' },
})
export class DataTable {}
