import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';

import { type ApiError, asApiError } from '../../core/api/api-error';
import { I18n } from '../../core/i18n/i18n';
import { errorText } from '../../ui/error-text';
import { Markdown } from '../../ui/markdown/markdown';
import { ChatModels } from './chat-models';

/** What is agreed to before a model is used. Closes with true once that is recorded. */
@Component({
  imports: [
    Markdown,
    MatButton,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
  ],
  template: `
    <h2 matDialogTitle>{{ text().title(model()?.name ?? modelId) }}</h2>
    <mat-dialog-content tabindex="0">
      <app-markdown [text]="model()?.acknowledgement?.text ?? ''" />
      @if (failure(); as error) {
        <p class="failure" role="alert">{{ reason(error) }}</p>
      }
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton [matDialogClose]="false">{{ text().decline }}</button>
      <button matButton="filled" [disabled]="isSending()" disabledInteractive (click)="agree()">
        {{ text().agree }}
      </button>
    </mat-dialog-actions>
  `,
  styleUrl: '../../ui/text-dialog.scss',
})
export class AcknowledgementDialog {
  protected readonly modelId = inject<string>(MAT_DIALOG_DATA);
  private readonly dialog = inject<MatDialogRef<AcknowledgementDialog, boolean>>(MatDialogRef);
  private readonly models = inject(ChatModels);
  private readonly i18n = inject(I18n);

  protected readonly text = computed(() => this.i18n.text().models.acknowledgement);
  protected readonly model = computed(() => this.models.byId(this.modelId));
  protected readonly isSending = signal(false);
  protected readonly failure = signal<ApiError | null>(null);

  protected async agree(): Promise<void> {
    const model = this.model();
    if (model === null || this.isSending()) return;
    this.isSending.set(true);
    this.failure.set(null);
    try {
      if (model.access === 'needs_ack') await this.models.acknowledge(model);
      this.dialog.close(true);
    } catch (cause) {
      this.failure.set(asApiError(cause));
      // The text may have changed meanwhile: what is agreed to next has to be the one shown.
      await this.models.load();
    } finally {
      this.isSending.set(false);
    }
  }

  protected reason(error: ApiError): string {
    return error.status === 409 ? this.text().changed : errorText(error, this.i18n.text().errors);
  }
}
