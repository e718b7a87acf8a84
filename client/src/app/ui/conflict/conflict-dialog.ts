import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogTitle,
} from '@angular/material/dialog';

import { ConsoleText } from '../../console/console-text';
import { ChangeTable } from './change-table';
import { type FieldChange } from './field-changes';

/** Somebody changed the same thing meanwhile: both versions, and which of them to go on with. */
@Component({
  imports: [
    ChangeTable,
    MatButton,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
  ],
  template: `
    <h2 matDialogTitle>{{ words().stale }}</h2>
    <mat-dialog-content>
      <p>{{ words().conflictText }}</p>
      <app-change-table
        [changes]="changes"
        [caption]="words().stale"
        [before]="words().theirs"
        [after]="words().mine"
      />
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton matDialogClose="theirs">{{ words().takeTheirs }}</button>
      <button matButton="filled" matDialogClose="mine">{{ words().keepMine }}</button>
    </mat-dialog-actions>
  `,
  styles: `
    p {
      margin: 0 0 12px;
    }
  `,
})
export class ConflictDialog {
  protected readonly changes = inject<readonly FieldChange[]>(MAT_DIALOG_DATA);
  private readonly messages = inject(ConsoleText);
  protected readonly words = computed(() => this.messages.text().words);
}
