import { Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogTitle,
} from '@angular/material/dialog';

import { type ShownAnnouncement } from '../core/api/schema';
import { I18n } from '../core/i18n/i18n';
import { Markdown } from '../ui/markdown/markdown';

/** One announcement, whole. */
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
    <h2 matDialogTitle>{{ announcement.title }}</h2>
    <mat-dialog-content tabindex="0"
      ><app-markdown [text]="announcement.text"
    /></mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton="filled" matDialogClose>{{ i18n.text().shell.close }}</button>
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
export class AnnouncementDialog {
  protected readonly announcement = inject<ShownAnnouncement>(MAT_DIALOG_DATA);
  protected readonly i18n = inject(I18n);
}
