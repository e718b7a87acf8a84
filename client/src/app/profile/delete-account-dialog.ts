import {
  DOCUMENT,
  Component,
  ElementRef,
  computed,
  inject,
  signal,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogTitle,
} from '@angular/material/dialog';

import { ConsoleText } from '../console/console-text';
import { ApiClient } from '../core/api/api-client';
import { asApiError } from '../core/api/api-error';
import { Session } from '../core/auth/session';
import { I18n } from '../core/i18n/i18n';
import { localStore, tabStore } from '../core/storage';
import { errorText } from '../ui/error-text';

/** Has one type one's own address, then deletes the account and leaves. */
@Component({
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle],
  template: `
    <h2 matDialogTitle>{{ text().title }}</h2>
    <form novalidate (submit)="delete($event)">
      <mat-dialog-content>
        <p>{{ text().text }}</p>
        <label for="delete-account-email">{{ text().label(email()) }}</label>
        <input
          #field
          id="delete-account-email"
          type="email"
          autocomplete="off"
          spellcheck="false"
          aria-describedby="delete-account-error"
          [attr.aria-invalid]="problem() !== ''"
          (input)="problem.set('')"
        />
        <p id="delete-account-error" role="alert">{{ problem() }}</p>
      </mat-dialog-content>
      <mat-dialog-actions align="end">
        <button matButton type="button" matDialogClose>{{ i18n.text().shell.cancel }}</button>
        <button
          matButton="filled"
          class="danger"
          type="submit"
          [disabled]="isSending()"
          disabledInteractive
        >
          {{ text().action }}
        </button>
      </mat-dialog-actions>
    </form>
  `,
  styles: `
    p {
      margin: 0 0 16px;
    }
    label {
      display: block;
      margin-block-end: 4px;
      font: var(--mat-sys-label-large);
      overflow-wrap: anywhere;
    }
    input {
      inline-size: 100%;
      block-size: 48px;
      padding: 0 16px;
      box-sizing: border-box;
      border: 1px solid var(--mat-sys-outline);
      border-radius: 12px;
      background: var(--mat-sys-surface-container-lowest);
      color: var(--mat-sys-on-surface);
      font: 400 1rem/1.5rem var(--app-font);
    }
    input[aria-invalid='true'] {
      border-color: var(--mat-sys-error);
    }
    [role='alert'] {
      min-block-size: 20px;
      margin: 4px 0 0;
      color: var(--mat-sys-error);
      font: var(--mat-sys-body-small);
    }
  `,
})
export class DeleteAccountDialog {
  protected readonly i18n = inject(I18n);
  private readonly messages = inject(ConsoleText);
  private readonly api = inject(ApiClient);
  private readonly session = inject(Session);
  private readonly location = inject(DOCUMENT).location;
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');

  protected readonly text = computed(() => this.messages.text().profile.deletion);
  protected readonly email = computed(() => this.session.me()?.email ?? '');
  protected readonly problem = signal('');
  protected readonly isSending = signal(false);

  protected async delete(event: Event): Promise<void> {
    event.preventDefault();
    const email = this.field().nativeElement.value.trim();
    if (email.toLowerCase() !== this.email().toLowerCase()) {
      this.complain(this.text().wrong(this.email()));
      return;
    }
    if (this.isSending()) return;
    this.isSending.set(true);
    try {
      await this.api.post('/api/me/deletion', { email });
      localStore.clear();
      tabStore.clear();
      // The client starts afresh: nothing of this person stays in memory.
      this.location.assign('/sign-in');
    } catch (cause) {
      this.complain(errorText(asApiError(cause), this.i18n.text().errors));
      this.isSending.set(false);
    }
  }

  private complain(problem: string): void {
    this.problem.set(problem);
    this.field().nativeElement.focus();
  }
}
