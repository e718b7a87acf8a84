import { Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogTitle,
} from '@angular/material/dialog';

import { I18n } from '../core/i18n/i18n';
import { Markdown } from './markdown/markdown';

export interface TextDialogData {
  title: string;
  /** Markdown. */
  text: string;
  /** What is agreed to by it; without, there is nothing but reading. */
  action?: string;
}

/** A text to be read, and perhaps agreed to: then it closes with true. */
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
    <mat-dialog-content tabindex="0"><app-markdown [text]="data.text" /></mat-dialog-content>
    <mat-dialog-actions align="end">
      @if (data.action; as action) {
        <button matButton matDialogClose>{{ i18n.text().shell.cancel }}</button>
        <button matButton="filled" [matDialogClose]="true">{{ action }}</button>
      } @else {
        <button matButton="filled" matDialogClose>{{ i18n.text().shell.close }}</button>
      }
    </mat-dialog-actions>
  `,
  styleUrl: './text-dialog.scss',
})
export class TextDialog {
  protected readonly data = inject<TextDialogData>(MAT_DIALOG_DATA);
  protected readonly i18n = inject(I18n);
}
