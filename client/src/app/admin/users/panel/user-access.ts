import { Component, computed, inject, input, resource, signal } from '@angular/core';

import { ConsoleText } from '../../../console/console-text';
import { ApiClient } from '../../../core/api/api-client';
import { type EffectiveAccess } from '../../../core/api/schema';
import { Badge, type BadgeTone } from '../../../ui/badge';
import { Field, FieldControl } from '../../../ui/form/field';
import { keepShown } from '../../../ui/page/keep-shown';
import { Region } from '../../../ui/page/region';
import { Pager } from '../../../ui/table/pager';

const TONES: Record<string, BadgeTone> = { allowed: 'good', needs_ack: 'warning', blocked: 'bad' };

/** Which models somebody may use, and which rule says so. */
@Component({
  selector: 'app-user-access',
  imports: [Badge, Field, FieldControl, Pager, Region],
  template: `
    <app-field [label]="text().searchModels">
      <input appControl type="search" [value]="search()" (change)="find($event)" />
    </app-field>
    <app-region [of]="access" skeleton="text">
      <ng-template>
        @let found = access.value();
        @if (found.total === 0) {
          <p class="quiet">{{ words().nothingFound }}</p>
        }
        <ul>
          @for (model of found.items; track model.model) {
            <li class="card">
              <strong>{{ model.model }}</strong>
              <app-badge [tone]="tones[model.access]!">{{ text().access[model.access] }}</app-badge>
              <span class="wide quiet">{{ model.explanation }}</span>
            </li>
          }
        </ul>
        @if (found.total > found.pageSize) {
          <app-pager
            [page]="found.page"
            [pageSize]="found.pageSize"
            [total]="found.total"
            (turned)="page.set($event)"
          />
        }
      </ng-template>
    </app-region>
  `,
  styleUrl: '../../../ui/part.scss',
})
export class UserAccess {
  readonly userId = input.required<string>();

  private readonly api = inject(ApiClient);
  private readonly messages = inject(ConsoleText);
  protected readonly tones = TONES;
  protected readonly text = computed(() => this.messages.text().people);
  protected readonly words = computed(() => this.messages.text().words);
  protected readonly search = signal('');
  protected readonly page = signal(1);
  protected readonly access = keepShown(
    resource({
      params: () => ({ id: this.userId(), search: this.search(), page: this.page() }),
      loader: ({ params: { id, search, page } }) => {
        const query = new URLSearchParams({ page: String(page), pageSize: '25', search });
        return this.api.get<EffectiveAccess>(`/api/admin/users/${id}/effective-access?${query}`);
      },
    }),
  );

  protected find(event: Event): void {
    this.page.set(1);
    this.search.set((event.target as HTMLInputElement).value.trim());
  }
}
