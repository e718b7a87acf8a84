import { Component, computed, inject, input, resource } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { ConsoleText } from '../../../console/console-text';
import { ApiClient } from '../../../core/api/api-client';
import { asApiError } from '../../../core/api/api-error';
import { type ApiKey, type ApiKeyList } from '../../../core/api/schema';
import { I18n } from '../../../core/i18n/i18n';
import { Dialogs } from '../../../ui/dialogs';
import { errorText } from '../../../ui/error-text';
import { keepShown } from '../../../ui/page/keep-shown';
import { Region } from '../../../ui/page/region';
import { Toast } from '../../../ui/toast';

/** Somebody's API keys, which an administrator may end. */
@Component({
  selector: 'app-user-keys',
  imports: [MatButton, Region],
  template: `
    <app-region [of]="keys" skeleton="text">
      <ng-template>
        <ul>
          @for (key of keys.value().keys; track key.id) {
            <li class="card">
              <strong>{{ key.name }}</strong>
              @if (key.revokedAt !== null) {
                <span class="quiet">{{ text().revokedOn(i18n.date(key.revokedAt)) }}</span>
              } @else if (mayChange()) {
                <button
                  matButton
                  class="danger"
                  type="button"
                  [attr.aria-label]="text().revokeNamed(key.name)"
                  (click)="revoke(key)"
                >
                  {{ text().revoke }}
                </button>
              }
              <code class="wide">{{ key.hint }}</code>
              <span class="wide quiet">{{ about(key) }}</span>
            </li>
          } @empty {
            <li class="quiet">{{ text().noKeys }}</li>
          }
        </ul>
      </ng-template>
    </app-region>
  `,
  styleUrl: '../../../ui/part.scss',
})
export class UserKeys {
  readonly userId = input.required<string>();
  readonly mayChange = input.required<boolean>();

  protected readonly i18n = inject(I18n);
  private readonly api = inject(ApiClient);
  private readonly dialogs = inject(Dialogs);
  private readonly toast = inject(Toast);
  private readonly messages = inject(ConsoleText);
  protected readonly text = computed(() => this.messages.text().people);
  protected readonly keys = keepShown(
    resource({
      params: () => this.userId(),
      loader: ({ params: id }) => this.api.get<ApiKeyList>(`/api/admin/users/${id}/keys`),
    }),
  );

  protected about({ createdAt, lastUsedAt, expiresAt }: ApiKey): string {
    const { never } = this.messages.text().words;
    const used = lastUsedAt === null ? never : this.i18n.date(lastUsedAt);
    const ends = expiresAt === null ? never : this.i18n.date(expiresAt);
    return this.text().keyTimes(this.i18n.date(createdAt), used, ends);
  }

  protected async revoke({ id, name }: ApiKey): Promise<void> {
    const { revokeTitle, revokeText, revoke, revokedDone } = this.text();
    const isConfirmed = await this.dialogs.open<boolean>(
      () => import('../../../ui/confirm-dialog').then((file) => file.ConfirmDialog),
      {
        data: { title: revokeTitle(name), text: revokeText, action: revoke },
        width: '440px',
        role: 'alertdialog',
      },
    );
    if (isConfirmed !== true) return;
    try {
      await this.api.delete(`/api/admin/users/${this.userId()}/keys/${id}`);
      void this.toast.show(revokedDone(name));
    } catch (cause) {
      void this.toast.show(errorText(asApiError(cause), this.i18n.text().errors));
    }
    this.keys.reload();
  }
}
