import { Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogTitle,
} from '@angular/material/dialog';

import { ConsoleText } from '../../console/console-text';
import { type ProviderDetail } from '../../core/api/schema';
import { ProviderTest } from './provider-test';

/** Tests a provider as it is stored. */
@Component({
  imports: [
    MatButton,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
    ProviderTest,
  ],
  template: `
    <h2 matDialogTitle>{{ messages.text().catalogue.providers.testOf(provider.name) }}</h2>
    <mat-dialog-content>
      <app-provider-test [provider]="provider.id" [models]="provider.models" />
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton matDialogClose>{{ messages.text().words.close }}</button>
    </mat-dialog-actions>
  `,
})
export class ProviderTestDialog {
  protected readonly provider = inject<ProviderDetail>(MAT_DIALOG_DATA);
  protected readonly messages = inject(ConsoleText);
}
