import {
  DOCUMENT,
  Component,
  ElementRef,
  Injector,
  type Signal,
  afterNextRender,
  computed,
  inject,
  signal,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogTitle,
} from '@angular/material/dialog';

import { asApiError } from '../../core/api/api-error';
import { Session } from '../../core/auth/session';
import { I18n } from '../../core/i18n/i18n';
import { CopyButton } from '../../ui/copy-button';
import { errorText } from '../../ui/error-text';
import { Icon } from '../../ui/icon/icon';
import { Shares } from './shares';

export interface ShareDialogData {
  conversationId: string;
  title: string;
}

/** Makes a link to a conversation as it is now, renews what it shows, and takes it back. */
@Component({
  imports: [
    CopyButton,
    Icon,
    MatButton,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
  ],
  templateUrl: './share-dialog.html',
  styleUrl: './share-dialog.scss',
})
export class ShareDialog {
  protected readonly data = inject<ShareDialogData>(MAT_DIALOG_DATA);
  protected readonly shares = inject(Shares);
  protected readonly session = inject(Session);
  protected readonly i18n = inject(I18n);
  private readonly origin = inject(DOCUMENT).location.origin;
  private readonly injector = inject(Injector);
  private readonly link = viewChild<ElementRef<HTMLInputElement>>('link');
  private readonly creation = viewChild<unknown, ElementRef<HTMLElement>>('creation', {
    read: ElementRef,
  });

  protected readonly text = computed(() => this.i18n.text().conversations.sharing);
  protected readonly share = computed(() => this.shares.of(this.data.conversationId));
  protected readonly url = computed(() => `${this.origin}/shared/${this.share()?.id ?? ''}`);
  protected readonly isWorking = signal(false);
  protected readonly failure = signal('');
  /** What was done last, for the eye and the ear. */
  protected readonly done = signal('');

  constructor() {
    void this.shares.load();
  }

  protected selectLink(): void {
    this.link()?.nativeElement.select();
  }

  protected create(): Promise<void> {
    if (!this.shares.isLoaded()) return Promise.resolve();
    const isNew = this.share() === null;
    return this.run(async () => {
      await this.shares.share(this.data.conversationId);
      this.done.set(isNew ? this.text().created : this.text().updated);
      if (isNew) this.focus(this.link);
    });
  }

  protected revoke(): Promise<void> {
    const share = this.share();
    if (share === null) return Promise.resolve();
    return this.run(async () => {
      await this.shares.revoke(share.id);
      this.done.set(this.text().revoked);
      this.focus(this.creation);
    });
  }

  /** The button that had the focus is gone. */
  private focus(next: Signal<ElementRef<HTMLElement> | undefined>): void {
    afterNextRender(() => next()?.nativeElement.focus(), { injector: this.injector });
  }

  private async run(work: () => Promise<void>): Promise<void> {
    if (this.isWorking()) return;
    this.isWorking.set(true);
    this.failure.set('');
    this.done.set('');
    try {
      await work();
    } catch (cause) {
      this.failure.set(errorText(asApiError(cause), this.i18n.text().errors));
    } finally {
      this.isWorking.set(false);
    }
  }
}
