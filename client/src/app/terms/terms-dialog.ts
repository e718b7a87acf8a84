import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MatDialogActions,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';

import { type ApiError, asApiError } from '../core/api/api-error';
import { Session } from '../core/auth/session';
import { I18n } from '../core/i18n/i18n';
import { errorText } from '../ui/error-text';
import { Markdown } from '../ui/markdown/markdown';
import { Terms } from './terms';

/** The terms over the page, which waits: one agrees, or signs out. */
@Component({
  imports: [Markdown, MatButton, MatDialogActions, MatDialogContent, MatDialogTitle],
  template: `
    <h2 matDialogTitle>{{ text().title }}</h2>
    <mat-dialog-content tabindex="0">
      @if (terms.current(); as current) {
        @if (current.changes !== '') {
          <div class="changes">
            <h3>{{ text().changes }}</h3>
            <p>{{ current.changes }}</p>
          </div>
        }
        <app-markdown [text]="current.text" />
      }
      @if (failure(); as error) {
        <p class="failure" role="alert">{{ reason(error) }}</p>
      }
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton type="button" (click)="leave()">{{ i18n.text().shell.signOut }}</button>
      <button
        matButton="filled"
        type="button"
        [disabled]="isSending()"
        disabledInteractive
        (click)="agree()"
      >
        {{ text().agree }}
      </button>
    </mat-dialog-actions>
  `,
  styleUrl: '../ui/text-dialog.scss',
  styles: `
    .changes {
      margin-block-end: 16px;
      padding: 12px 16px;
      border-radius: 12px;
      background: var(--mat-sys-secondary-container);
      color: var(--mat-sys-on-secondary-container);
    }
    h3 {
      margin: 0 0 4px;
      font: var(--mat-sys-title-small);
    }
    .changes p {
      margin: 0;
      white-space: pre-line;
    }
  `,
})
export class TermsDialog {
  protected readonly terms = inject(Terms);
  protected readonly i18n = inject(I18n);
  private readonly session = inject(Session);
  private readonly dialog = inject<MatDialogRef<TermsDialog>>(MatDialogRef);

  protected readonly text = computed(() => this.i18n.text().shell.terms);
  protected readonly isSending = signal(false);
  protected readonly failure = signal<ApiError | null>(null);

  protected async agree(): Promise<void> {
    const current = this.terms.current();
    if (current === null || this.isSending()) return;
    await this.trying(async () => {
      await this.terms.accept(current.version);
      this.dialog.close();
    });
  }

  protected leave(): Promise<void> {
    return this.trying(() => this.session.signOut());
  }

  protected reason(error: ApiError): string {
    return error.status === 409 ? this.text().changed : errorText(error, this.i18n.text().errors);
  }

  private async trying(what: () => Promise<void>): Promise<void> {
    this.isSending.set(true);
    this.failure.set(null);
    try {
      await what();
    } catch (cause) {
      const error = asApiError(cause);
      this.failure.set(error);
      // Other terms are in force: those are what is agreed to next.
      if (error.status === 409) await this.terms.load();
    } finally {
      this.isSending.set(false);
    }
  }
}
