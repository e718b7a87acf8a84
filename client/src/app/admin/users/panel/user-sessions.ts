import { Component, computed, inject, input, resource } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { ConsoleText } from '../../../console/console-text';
import { ApiClient } from '../../../core/api/api-client';
import { asApiError } from '../../../core/api/api-error';
import { type SessionList } from '../../../core/api/schema';
import { I18n } from '../../../core/i18n/i18n';
import { Badge } from '../../../ui/badge';
import { errorText } from '../../../ui/error-text';
import { keepShown } from '../../../ui/page/keep-shown';
import { Region } from '../../../ui/page/region';
import { Toast } from '../../../ui/toast';

/** Where somebody is signed in, which an administrator may end. */
@Component({
  selector: 'app-user-sessions',
  imports: [Badge, MatButton, Region],
  template: `
    <app-region [of]="sessions" skeleton="text">
      <ng-template>
        @let open = sessions.value().sessions;
        @if (mayChange() && open.length > 1) {
          <div class="actions">
            <button matButton="outlined" class="danger" type="button" (click)="end(null)">
              {{ text().endAll }}
            </button>
          </div>
        }
        <ul>
          @for (session of open; track session.id) {
            <li class="card">
              <strong>{{ session.device ?? text().unknownDevice }}</strong>
              @if (session.isCurrent) {
                <app-badge tone="accent">{{ text().thisSession }}</app-badge>
              } @else if (mayChange()) {
                <button matButton class="danger" type="button" (click)="end(session.id)">
                  {{ text().endSession }}
                </button>
              }
              <span class="wide quiet">{{
                text().sessionTimes(
                  session.ip ?? '?',
                  i18n.dateAndTime(session.createdAt),
                  i18n.dateAndTime(session.lastSeenAt)
                )
              }}</span>
            </li>
          } @empty {
            <li class="quiet">{{ text().noSessions }}</li>
          }
        </ul>
      </ng-template>
    </app-region>
  `,
  styleUrl: '../../../ui/part.scss',
})
export class UserSessions {
  readonly userId = input.required<string>();
  readonly mayChange = input.required<boolean>();

  protected readonly i18n = inject(I18n);
  private readonly api = inject(ApiClient);
  private readonly toast = inject(Toast);
  private readonly messages = inject(ConsoleText);
  protected readonly text = computed(() => this.messages.text().people);
  protected readonly sessions = keepShown(
    resource({
      params: () => this.userId(),
      loader: ({ params: id }) => this.api.get<SessionList>(`/api/admin/users/${id}/sessions`),
    }),
  );

  /** One of them, or (null) all. */
  protected async end(id: string | null): Promise<void> {
    const all = `/api/admin/users/${this.userId()}/sessions`;
    try {
      await this.api.delete(id === null ? all : `${all}/${id}`);
      void this.toast.show(this.text().endedDone);
    } catch (cause) {
      void this.toast.show(errorText(asApiError(cause), this.i18n.text().errors));
    }
    this.sessions.reload();
  }
}
