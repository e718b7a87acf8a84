import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogTitle,
} from '@angular/material/dialog';

import { ConsoleText } from '../console/console-text';
import { type ConfirmData } from '../ui/confirm-dialog';
import { Markdown } from '../ui/markdown/markdown';

/** A text (Markdown) to be read before something is agreed to. Closes with true if it is. */
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
    <h2 matDialogTitle>{{ data.title }}</h2>
    <mat-dialog-content tabindex="0">
      <app-markdown [text]="data.text" />
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton [matDialogClose]="false">{{ words().cancel }}</button>
      <button matButton="filled" [matDialogClose]="true">{{ data.action }}</button>
    </mat-dialog-actions>
  `,
  styles: `
    mat-dialog-content {
      color: var(--mat-sys-on-surface);
      letter-spacing: normal;
      outline-offset: -3px;
    }
  `,
})
export class AgreementDialog {
  protected readonly data = inject<ConfirmData>(MAT_DIALOG_DATA);
  private readonly messages = inject(ConsoleText);
  protected readonly words = computed(() => this.messages.text().words);
}
