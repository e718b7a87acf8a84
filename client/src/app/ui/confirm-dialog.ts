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

export interface ConfirmData {
  title: string;
  text: string;
  /** The verb of what will happen. */
  action: string;
}

/** Asks before something that cannot be undone. Closes with true if it is to happen. */
@Component({
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle],
  template: `
    <h2 matDialogTitle>{{ data.title }}</h2>
    <mat-dialog-content>{{ data.text }}</mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton [matDialogClose]="false">{{ i18n.text().shell.cancel }}</button>
      <button matButton="filled" class="danger" [matDialogClose]="true">{{ data.action }}</button>
    </mat-dialog-actions>
  `,
})
export class ConfirmDialog {
  protected readonly data = inject<ConfirmData>(MAT_DIALOG_DATA);
  protected readonly i18n = inject(I18n);
}
