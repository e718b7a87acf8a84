import { Component, input } from '@angular/core';

import { type FieldChange } from './field-changes';

/** Fields with what they were and what they would be, or with two versions of them. */
@Component({
  selector: 'app-change-table',
  template: `
    <table>
      <caption class="sr-only">
        {{
          caption()
        }}
      </caption>
      <thead>
        <tr>
          <td></td>
          <th scope="col">{{ before() }}</th>
          <th scope="col">{{ after() }}</th>
        </tr>
      </thead>
      <tbody>
        @for (change of changes(); track change.field) {
          <tr>
            <th scope="row">{{ change.field }}</th>
            <td>{{ change.before }}</td>
            <td>{{ change.after }}</td>
          </tr>
        }
      </tbody>
    </table>
  `,
  styles: `
    :host {
      display: block;
      overflow-x: auto;
    }
    table {
      inline-size: 100%;
      border-spacing: 0;
      color: var(--mat-sys-on-surface);
      font: var(--mat-sys-body-medium);
    }
    th,
    td {
      padding: 8px 12px 8px 0;
      border-block-end: 1px solid var(--mat-sys-outline-variant);
      text-align: start;
      vertical-align: top;
      overflow-wrap: anywhere;
    }
    thead th {
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-label-medium);
    }
    tbody th {
      min-inline-size: calc(11ch + 12px);
      font: 0.75rem/1.25rem var(--app-mono);
    }
    /* Names are read whole where there is room. */
    @media (width >= 37.5rem) {
      tbody th {
        overflow-wrap: break-word;
      }
    }
  `,
})
export class ChangeTable {
  readonly changes = input.required<readonly FieldChange[]>();
  readonly caption = input.required<string>();
  readonly before = input.required<string>();
  readonly after = input.required<string>();
}
