import { DOCUMENT, Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogTitle,
} from '@angular/material/dialog';

import { ConsoleText } from '../console/console-text';
import { CopyButton } from '../ui/copy-button';

/** A new key, shown this once. */
@Component({
  imports: [
    CopyButton,
    MatButton,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
  ],
  template: `
    <h2 matDialogTitle>{{ text().createdTitle }}</h2>
    <mat-dialog-content>
      <p>{{ text().createdText }}</p>
      <div class="secret">
        <code [attr.aria-label]="text().key">{{ key }}</code>
        <app-copy-button [text]="key" [label]="text().copyKey" />
      </div>
      <h3>{{ text().environment }}</h3>
      <div class="secret">
        <pre tabindex="0">{{ environment }}</pre>
        <app-copy-button [text]="environment" [label]="text().copyEnvironment" />
      </div>
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton="filled" type="button" matDialogClose>{{ text().savedIt }}</button>
    </mat-dialog-actions>
  `,
  styleUrl: './shown-key-dialog.scss',
})
export class ShownKeyDialog {
  protected readonly key = inject<string>(MAT_DIALOG_DATA);
  private readonly messages = inject(ConsoleText);
  protected readonly text = computed(() => this.messages.text().clients);
  protected readonly environment =
    `export OPENAI_API_KEY="${this.key}"\n` +
    `export OPENAI_BASE_URL="${inject(DOCUMENT).location.origin}/v1"`;
}
