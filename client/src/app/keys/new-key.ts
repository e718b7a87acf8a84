import { Component, ElementRef, afterNextRender, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogTitle,
} from '@angular/material/dialog';

import { ConsoleText } from '../console/console-text';
import { type CreatedApiKey } from '../core/api/schema';
import { CopyButton } from '../ui/copy-button';

/** The lines to paste that put a key into the environment. */
export type EnvironmentOf = (key: string) => string;

/**
 * The secret of a key that was just made, with the lines to paste. It takes the focus; its dialog
 * closes with the key.
 */
@Component({
  selector: 'app-new-key',
  imports: [
    CopyButton,
    MatButton,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
  ],
  template: `
    <h2 matDialogTitle tabindex="-1" class="outcome">{{ text().createdTitle }}</h2>
    <mat-dialog-content>
      <p>{{ text().createdText }}</p>
      <div class="secret">
        <code [attr.aria-label]="text().keyLabel">{{ key() }}</code>
        <app-copy-button [text]="key()" [label]="text().copyKey" />
      </div>
      <h3>{{ text().environment }}</h3>
      <div class="secret">
        <pre tabindex="0">{{ environment() }}</pre>
        <app-copy-button [text]="environment()" [label]="text().copyEnvironment" />
      </div>
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton="filled" type="button" [matDialogClose]="created()">
        {{ text().saved }}
      </button>
    </mat-dialog-actions>
  `,
  styleUrl: './create-key-dialog.scss',
})
export class NewKey {
  readonly created = input.required<CreatedApiKey>();
  readonly environmentOf = input.required<EnvironmentOf>();

  private readonly messages = inject(ConsoleText);
  protected readonly text = computed(() => this.messages.text().tools.keys);
  protected readonly key = computed(() => this.created().key);
  protected readonly environment = computed(() => this.environmentOf()(this.key()));

  constructor() {
    const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    afterNextRender(() => host.querySelector<HTMLElement>('.outcome')?.focus());
  }
}
