import { DOCUMENT, Component, ElementRef, computed, inject, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';

import { coinsText } from '../chat/conversation/coins';
import { ConsoleText } from '../console/console-text';
import { type ApiError, asApiError } from '../core/api/api-error';
import { type ApiKey } from '../core/api/schema';
import { I18n } from '../core/i18n/i18n';
import { CopyButton } from '../ui/copy-button';
import { Dialogs } from '../ui/dialogs';
import { errorText } from '../ui/error-text';
import { Icon } from '../ui/icon/icon';
import { Notice } from '../ui/notice';
import { Page } from '../ui/page/page';
import { DataTable } from '../ui/table/data-table';
import { Toast } from '../ui/toast';
import { environmentLines } from './environment-lines';
import { KeysStore } from './keys-store';

/** Keys for one's own programs: make, see, replace, revoke. */
@Component({
  selector: 'app-keys-page',
  imports: [CopyButton, DataTable, Icon, MatButton, Notice, Page, RouterLink],
  templateUrl: './keys-page.html',
  styleUrl: './keys-page.scss',
})
export class KeysPage {
  protected readonly store = inject(KeysStore);
  protected readonly i18n = inject(I18n);
  private readonly messages = inject(ConsoleText);
  private readonly dialogs = inject(Dialogs);
  private readonly toast = inject(Toast);

  private readonly createButton = viewChild('createButton', { read: ElementRef });

  protected readonly text = computed(() => this.messages.text().tools.keys);
  private readonly origin = inject(DOCUMENT).location.origin;
  protected readonly baseUrl = `${this.origin}/v1`;
  private readonly environmentOf = (key: string) => environmentLines(key, this.origin);

  constructor() {
    void this.store.load();
  }

  protected describe(error: ApiError): string {
    return errorText(error, this.i18n.text().errors);
  }

  protected spendOf(key: ApiKey): string {
    const spend = this.store.spend();
    if (spend === null) return '–';
    return this.text().coins(coinsText(spend.get(key.id) ?? '0', this.i18n.locale()));
  }

  protected limitsOf({ onlyModels }: ApiKey): string {
    return onlyModels === null ? this.text().allModels : this.text().someModels(onlyModels.length);
  }

  protected endOf({ revokedAt, expiresAt }: ApiKey): string {
    const { revokedOn, expiredOn } = this.text();
    if (revokedAt !== null) return revokedOn(this.i18n.date(revokedAt));
    return expiredOn(this.i18n.date(expiresAt ?? ''));
  }

  protected create(): void {
    void this.dialogs.open(
      () => import('./create-key-dialog').then((file) => file.CreateKeyDialog),
      { width: '560px', disableClose: true, data: this.environmentOf, autoFocus: 'input' },
    );
  }

  protected async rotate(key: ApiKey): Promise<void> {
    await this.dialogs.open(
      () => import('./rotate-key-dialog').then((file) => file.RotateKeyDialog),
      {
        width: '560px',
        disableClose: true,
        data: { key, environmentOf: this.environmentOf },
        autoFocus: 'select',
      },
    );
  }

  protected async revoke(key: ApiKey): Promise<void> {
    const { revokeTitle, revokeText, revoke, revokedDone } = this.text();
    const data = { title: revokeTitle(key.name), text: revokeText, action: revoke };
    const isConfirmed = await this.dialogs.open<boolean>(
      () => import('../ui/confirm-dialog').then((file) => file.ConfirmDialog),
      { data, width: '440px', role: 'alertdialog' },
    );
    if (isConfirmed !== true) return;
    try {
      await this.store.revoke(key.id);
      // The row that had the focus is gone.
      this.createButton()?.nativeElement.focus();
      void this.toast.show(revokedDone(key.name));
    } catch (cause) {
      void this.toast.show(this.describe(asApiError(cause)));
    }
  }
}
