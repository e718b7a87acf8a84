import { Component, computed, inject, resource } from '@angular/core';
import { RouterLink } from '@angular/router';

import { ConsoleText } from '../console/console-text';
import { ApiClient } from '../core/api/api-client';
import { type ModelStanding, type ModelStandingList } from '../core/api/schema';
import { Badge } from '../ui/badge';
import { Region } from '../ui/page/region';
import { DataTable } from '../ui/table/data-table';

/** The models one may use, and which rule says so. */
@Component({
  selector: 'app-own-models',
  imports: [Badge, DataTable, Region, RouterLink],
  template: `
    <app-region [of]="models" skeleton="text">
      <ng-template>
        @if (standings().length === 0) {
          <p>{{ text().noModels }}</p>
        } @else {
          <table appDataTable>
            <caption class="sr-only">
              {{
                text().sections.models
              }}
            </caption>
            <thead>
              <tr>
                <th scope="col">{{ text().model }}</th>
                <th scope="col">{{ text().access }}</th>
                <th scope="col">{{ text().rule }}</th>
              </tr>
            </thead>
            <tbody>
              @for (standing of standings(); track standing.model) {
                <tr>
                  <th scope="row">
                    <a [routerLink]="['/models', standing.model]">{{ standing.model }}</a>
                  </th>
                  <td [attr.data-label]="text().access">
                    <app-badge [tone]="toneOf(standing)">
                      {{ text().accesses[standing.access] }}
                    </app-badge>
                  </td>
                  <td [attr.data-label]="text().rule">{{ standing.scope }}</td>
                </tr>
              }
            </tbody>
          </table>
        }
      </ng-template>
    </app-region>
  `,
})
export class OwnModels {
  private readonly api = inject(ApiClient);
  private readonly messages = inject(ConsoleText);
  protected readonly text = computed(() => this.messages.text().profile);
  protected readonly models = resource({
    loader: () => this.api.get<ModelStandingList>('/api/models'),
  });
  protected readonly standings = computed(() =>
    this.models.hasValue() ? this.models.value().models : [],
  );

  protected toneOf({ access }: ModelStanding): 'good' | 'warning' {
    return access === 'allowed' ? 'good' : 'warning';
  }
}
