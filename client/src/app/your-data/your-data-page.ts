import {
  Component,
  DOCUMENT,
  ElementRef,
  computed,
  inject,
  signal,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';

import { pathOfPage } from '../chat/list/conversation-changes';
import { ConversationList } from '../chat/list/conversation-list';
import { Shares } from '../chat/list/shares';
import { ApiClient } from '../core/api/api-client';
import { type ApiError, asApiError } from '../core/api/api-error';
import { type ChatOptions, type Share } from '../core/api/schema';
import { I18n } from '../core/i18n/i18n';
import { type ConfirmData } from '../ui/confirm-dialog';
import { CopyButton } from '../ui/copy-button';
import { Dialogs } from '../ui/dialogs';
import { errorText } from '../ui/error-text';
import { Icon } from '../ui/icon/icon';
import { Saving } from '../ui/saving';
import { Toast } from '../ui/toast';
import { FooterLinks } from '../ui/footer-links';
import { TopBar } from '../ui/top-bar';
import { ChatImport } from './chat-import';

/** How long conversations are kept, what is shared, and the ways in and out for all of it. */
@Component({
  imports: [CopyButton, FooterLinks, Icon, MatButton, RouterLink, TopBar],
  templateUrl: './your-data-page.html',
  styleUrl: './your-data-page.scss',
  providers: [ChatImport],
})
export class YourDataPage {
  protected readonly shares = inject(Shares);
  protected readonly import = inject(ChatImport);
  protected readonly i18n = inject(I18n);
  private readonly api = inject(ApiClient);
  private readonly dialogs = inject(Dialogs);
  private readonly list = inject(ConversationList);
  private readonly saving = inject(Saving);
  private readonly toast = inject(Toast);
  private readonly origin = inject(DOCUMENT).location.origin;
  private readonly sharesHeading = viewChild<ElementRef<HTMLElement>>('sharesHeading');

  protected readonly text = computed(() => this.i18n.text().yourData);
  protected readonly options = signal<ChatOptions | null>(null);
  protected readonly optionsFailure = signal<ApiError | null>(null);
  protected readonly retention = computed(() => {
    const options = this.options();
    if (options === null) return '';
    const { retention } = this.text();
    return options.retentionDays === null
      ? retention.forever
      : retention.days(options.retentionDays);
  });
  protected readonly removal = computed(() => {
    const options = this.options();
    return options === null ? '' : this.text().removal[options.removal];
  });
  protected readonly percent = computed(() => Math.round(this.import.sent() * 100));

  constructor() {
    void this.loadOptions();
    void this.shares.load();
  }

  protected async loadOptions(): Promise<void> {
    this.optionsFailure.set(null);
    try {
      this.options.set(await this.api.get<ChatOptions>('/chat/options'));
    } catch (cause) {
      this.optionsFailure.set(asApiError(cause));
    }
  }

  protected describe(error: ApiError): string {
    return errorText(error, this.i18n.text().errors);
  }

  protected exportAll(): void {
    this.saving.save('/chat/export');
    void this.toast.show(this.text().export.started);
  }

  protected async take(field: HTMLInputElement): Promise<void> {
    const file = field.files?.[0];
    // The same file can be chosen again after it was mended.
    field.value = '';
    if (file !== undefined && (await this.import.take(file))) void this.list.load();
  }

  protected linkOf(share: Share): string {
    return `${this.origin}/shared/${share.id}`;
  }

  protected pathOf(share: Share): string {
    return pathOfPage(share.conversationId);
  }

  protected async revoke(share: Share): Promise<void> {
    const { revoke, revokeTitle, revokeText, revoked } = this.text().shares;
    const title = share.title || this.i18n.text().conversations.untitled;
    const data: ConfirmData = { title: revokeTitle(title), text: revokeText, action: revoke };
    const isConfirmed = await this.dialogs.open<boolean>(
      () => import('../ui/confirm-dialog').then((file) => file.ConfirmDialog),
      { data, width: '440px', role: 'alertdialog' },
    );
    if (isConfirmed !== true) return;
    try {
      await this.shares.revoke(share.id);
      // The row that had the focus is gone.
      this.sharesHeading()?.nativeElement.focus();
      void this.toast.show(revoked(title));
    } catch (cause) {
      void this.toast.show(this.describe(asApiError(cause)));
    }
  }
}
