import { Component, computed, inject, input, resource, signal } from '@angular/core';
import { RouterLink } from '@angular/router';

import { ConsoleText } from '../../../console/console-text';
import { ApiClient } from '../../../core/api/api-client';
import { type AuditPage } from '../../../core/api/schema';
import { I18n } from '../../../core/i18n/i18n';
import { ChoiceBar } from '../../../ui/choice-bar';
import { keepShown } from '../../../ui/page/keep-shown';
import { Region } from '../../../ui/page/region';
import { Pager } from '../../../ui/table/pager';
import { changesOf } from '../../audit/changes';

/** What was done to somebody, or what they did. */
@Component({
  selector: 'app-user-audit',
  imports: [ChoiceBar, Pager, Region, RouterLink],
  template: `
    <app-choice-bar
      [legend]="text().auditSide"
      [choices]="sides()"
      [value]="side()"
      (chosen)="turn($event)"
    />
    <app-region [of]="entries" skeleton="text">
      <ng-template>
        @let found = entries.value();
        <ul>
          @for (entry of found.items; track entry.id) {
            <li class="card">
              <strong>{{ entry.action }}</strong>
              <span class="quiet">{{ i18n.dateAndTime(entry.at) }}</span>
              <span class="wide quiet">
                {{ side() === 'object' ? entry.actorName : (entry.objectName ?? entry.objectId) }}
                @if (entry.reason) {
                  · {{ entry.reason }}
                }
              </span>
              @for (change of changes(entry); track change.field) {
                <span class="wide"
                  >{{ change.field }}: {{ change.before }} → {{ change.after }}</span
                >
              }
            </li>
          } @empty {
            <li class="quiet">{{ text().noAudit }}</li>
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
        <a routerLink="/admin/audit" [queryParams]="link()">{{ text().inAuditLog }}</a>
      </ng-template>
    </app-region>
  `,
  styleUrl: '../../../ui/part.scss',
})
export class UserAudit {
  readonly userId = input.required<string>();

  protected readonly i18n = inject(I18n);
  private readonly api = inject(ApiClient);
  private readonly messages = inject(ConsoleText);
  protected readonly changes = changesOf;
  protected readonly text = computed(() => this.messages.text().people);
  protected readonly side = signal<string>('object');
  protected readonly page = signal(1);
  protected readonly sides = computed(() => [
    { value: 'object', label: this.text().doneTo },
    { value: 'actor', label: this.text().doneBy },
  ]);
  protected readonly link = computed((): Record<string, string> => {
    if (this.side() === 'actor') return { actorId: this.userId() };
    return { objectKind: 'user', objectId: this.userId() };
  });
  protected readonly entries = keepShown(
    resource({
      params: () => ({ link: this.link(), page: this.page() }),
      loader: ({ params: { link, page } }) => {
        const query = new URLSearchParams({ ...link, page: String(page), pageSize: '20' });
        return this.api.get<AuditPage>(`/api/admin/audit?${query}`);
      },
    }),
  );

  protected turn(side: string): void {
    this.page.set(1);
    this.side.set(side);
  }
}
