import { Component, computed, inject, resource } from '@angular/core';

import { ConsoleText } from '../console/console-text';
import { ApiClient } from '../core/api/api-client';
import { type MyGroups } from '../core/api/schema';
import { Region } from '../ui/page/region';
import { DataTable } from '../ui/table/data-table';

/** The groups one is in, and why. */
@Component({
  selector: 'app-own-groups',
  imports: [DataTable, Region],
  template: `
    <app-region [of]="groups" skeleton="text">
      <ng-template>
        <table appDataTable>
          <caption class="sr-only">
            {{
              text().sections.groups
            }}
          </caption>
          <thead>
            <tr>
              <th scope="col">{{ text().group }}</th>
              <th scope="col">{{ text().because }}</th>
            </tr>
          </thead>
          <tbody>
            @for (group of groups.value()?.groups; track group.name) {
              <tr>
                <th scope="row">{{ group.name }}</th>
                <td [attr.data-label]="text().because">{{ text().reasons[group.because] }}</td>
              </tr>
            }
          </tbody>
        </table>
      </ng-template>
    </app-region>
  `,
})
export class OwnGroups {
  private readonly api = inject(ApiClient);
  private readonly messages = inject(ConsoleText);
  protected readonly text = computed(() => this.messages.text().profile);
  protected readonly groups = resource({
    loader: () => this.api.get<MyGroups>('/api/me/groups'),
  });
}
