import { DOCUMENT, Component, ElementRef, computed, inject, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { type ApiError, asApiError } from '../core/api/api-error';
import { type ApiKey } from '../core/api/schema';
import { I18n } from '../core/i18n/i18n';
import { TopBar } from '../ui/top-bar';
import { CopyButton } from '../ui/copy-button';
import { Dialogs } from '../ui/dialogs';
import { errorText } from '../ui/error-text';
import { Icon } from '../ui/icon/icon';
import { Notice } from '../ui/notice';
import { Toast } from '../ui/toast';
import { KeysStore } from './keys-store';

/** Keys for one's own programs: make, see, revoke. */
@Component({
  selector: 'app-keys-page',
  imports: [CopyButton, Icon, MatButton, Notice, TopBar],
  templateUrl: './keys-page.html',
  styleUrl: './keys-page.scss',
})
export class KeysPage {
  protected readonly store = inject(KeysStore);
  protected readonly i18n = inject(I18n);
  private readonly dialogs = inject(Dialogs);
  private readonly toast = inject(Toast);

  private readonly createButton = viewChild('createButton', { read: ElementRef });

  protected readonly text = computed(() => this.i18n.text().keys);
  protected readonly baseUrl = `${inject(DOCUMENT).location.origin}/v1`;

  constructor() {
    void this.store.load();
  }

  protected describe(error: ApiError): string {
    return errorText(error, this.i18n.text().errors);
  }

  protected create(): void {
    void this.dialogs.open(
      () => import('./create-key-dialog').then((file) => file.CreateKeyDialog),
      { width: '560px', disableClose: true, data: this.baseUrl, autoFocus: 'input' },
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
