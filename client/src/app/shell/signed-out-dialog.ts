import { DOCUMENT, Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogContent,
  MatDialogTitle,
} from '@angular/material/dialog';

import { Session } from '../core/auth/session';
import { I18n } from '../core/i18n/i18n';

/** The session has ended: over the page, so that nothing on it is lost before signing in again. */
@Component({
  imports: [MatButton, MatDialogActions, MatDialogContent, MatDialogTitle],
  template: `
    @let text = i18n.text().shell.signedOut;
    <h2 matDialogTitle>{{ text.title }}</h2>
    <mat-dialog-content>{{ text.text }}</mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton="filled" (click)="signIn()">{{ text.action }}</button>
    </mat-dialog-actions>
  `,
})
export class SignedOutDialog {
  protected readonly i18n = inject(I18n);
  private readonly session = inject(Session);
  private readonly location = inject(DOCUMENT).location;
  private readonly returnTo = inject<string>(MAT_DIALOG_DATA);

  protected signIn(): void {
    this.location.assign(this.session.loginUrl(this.returnTo));
  }
}
