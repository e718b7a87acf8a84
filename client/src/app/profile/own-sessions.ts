import { Component, computed, inject, resource, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { ConsoleText } from '../console/console-text';
import { ApiClient } from '../core/api/api-client';
import { asApiError } from '../core/api/api-error';
import { type EndedSessions, type Session, type SessionList } from '../core/api/schema';
import { I18n } from '../core/i18n/i18n';
import { Badge } from '../ui/badge';
import { errorText } from '../ui/error-text';
import { Region } from '../ui/page/region';
import { DataTable } from '../ui/table/data-table';
import { Toast } from '../ui/toast';
import { deviceName } from './device-name';

/** Where one is signed in; each but this one can be ended. */
@Component({
  selector: 'app-own-sessions',
  imports: [Badge, DataTable, MatButton, Region],
  template: `
    <app-region [of]="sessions" skeleton="text">
      <ng-template>
        <table appDataTable>
          <caption class="sr-only">
            {{
              text().sections.sessions
            }}
          </caption>
          <thead>
            <tr>
              <th scope="col">{{ text().device }}</th>
              <th scope="col">{{ text().from }}</th>
              <th scope="col">{{ text().since }}</th>
              <th scope="col">{{ text().lastSeen }}</th>
              <th scope="col">
                <span class="sr-only">{{ actions() }}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            @for (session of list(); track session.id) {
              <tr>
                <th scope="row" [attr.title]="session.device">{{ nameOf(session) }}</th>
                <td [attr.data-label]="text().from">{{ session.ip }}</td>
                <td [attr.data-label]="text().since">{{ i18n.dateAndTime(session.createdAt) }}</td>
                <td [attr.data-label]="text().lastSeen">
                  {{ i18n.dateAndTime(session.lastSeenAt) }}
                </td>
                <td class="actions">
                  @if (session.isCurrent) {
                    <app-badge tone="accent">{{ text().thisOne }}</app-badge>
                  } @else {
                    <button
                      matButton
                      type="button"
                      [attr.aria-label]="text().endSessionOf(nameOf(session))"
                      [disabled]="isEnding()"
                      disabledInteractive
                      (click)="end(session)"
                    >
                      {{ text().endSession }}
                    </button>
                  }
                </td>
              </tr>
            }
          </tbody>
        </table>
        @if (list().length > 1) {
          <button
            matButton="tonal"
            type="button"
            [disabled]="isEnding()"
            disabledInteractive
            (click)="endOthers()"
          >
            {{ text().endOthers }}
          </button>
        }
      </ng-template>
    </app-region>
  `,
  styles: `
    table + button {
      margin-block-start: 12px;
    }
  `,
})
export class OwnSessions {
  protected readonly i18n = inject(I18n);
  private readonly api = inject(ApiClient);
  private readonly messages = inject(ConsoleText);
  private readonly toast = inject(Toast);

  protected readonly text = computed(() => this.messages.text().profile);
  protected readonly actions = computed(() => this.messages.text().words.actions);
  protected readonly isEnding = signal(false);
  protected readonly sessions = resource({
    loader: () => this.api.get<SessionList>('/api/sessions'),
  });
  protected readonly list = computed(() =>
    this.sessions.hasValue() ? this.sessions.value().sessions : [],
  );

  protected nameOf({ device }: Session): string {
    return deviceName(device) ?? this.text().unknownDevice;
  }

  protected async end({ id }: Session): Promise<void> {
    await this.ending(async () => {
      await this.api.delete(`/api/sessions/${encodeURIComponent(id)}`);
      return this.text().ended;
    });
  }

  protected async endOthers(): Promise<void> {
    await this.ending(async () => {
      const { ended } = await this.api.delete<EndedSessions>('/api/sessions');
      return this.text().endedMany(ended);
    });
  }

  private async ending(work: () => Promise<string>): Promise<void> {
    if (this.isEnding()) return;
    this.isEnding.set(true);
    try {
      void this.toast.show(await work());
    } catch (cause) {
      void this.toast.show(errorText(asApiError(cause), this.i18n.text().errors));
    } finally {
      this.isEnding.set(false);
      this.sessions.reload();
    }
  }
}
