import { Component, computed, inject, resource } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogTitle,
} from '@angular/material/dialog';

import { ConsoleText } from '../../console/console-text';
import { type GroupTest } from '../../core/api/schema';
import { ChangeTable } from '../../ui/conflict/change-table';
import { type FieldChange } from '../../ui/conflict/field-changes';
import { Region } from '../../ui/page/region';

export interface Preview {
  name: string;
  changes: readonly FieldChange[];
  /** Whom it would move; asked while the changes are read. */
  effect: Promise<GroupTest>;
}

/** What would change, and for how many people, before it does. Closes with true to go on. */
@Component({
  imports: [
    ChangeTable,
    MatButton,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
    Region,
  ],
  template: `
    <h2 matDialogTitle>{{ text().previewTitle(data.name) }}</h2>
    <mat-dialog-content>
      <app-change-table
        [changes]="data.changes"
        [caption]="text().previewTitle(data.name)"
        [before]="text().before"
        [after]="text().after"
      />
      <app-region [of]="effect" skeleton="text">
        <ng-template>
          @if (effect.value()?.draft; as draft) {
            <p role="status">
              {{ text().effect(draft.members, draft.joining, draft.leaving, draft.knownUsers) }}
            </p>
          }
        </ng-template>
      </app-region>
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton [matDialogClose]="false">{{ words().back }}</button>
      <button matButton="filled" [matDialogClose]="true">{{ words().save }}</button>
    </mat-dialog-actions>
  `,
  styles: `
    p {
      margin: 16px 0 0;
    }
  `,
})
export class PreviewDialog {
  protected readonly data = inject<Preview>(MAT_DIALOG_DATA);
  private readonly messages = inject(ConsoleText);
  protected readonly text = computed(() => this.messages.text().people.groupTexts);
  protected readonly words = computed(() => this.messages.text().words);
  protected readonly effect = resource({ loader: () => this.data.effect });
}
