import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogTitle,
} from '@angular/material/dialog';

import { ConsoleText } from '../console/console-text';
import { asApiError } from '../core/api/api-error';
import { type ApiKey, type CreatedApiKey } from '../core/api/schema';
import { I18n } from '../core/i18n/i18n';
import { errorText } from '../ui/error-text';
import { KeysStore } from './keys-store';
import { type EnvironmentOf, NewKey } from './new-key';

export interface RotateKeyData {
  key: ApiKey;
  environmentOf: EnvironmentOf;
}

/** A day is long enough to change a few tools over, and short enough not to be forgotten. */
const USUAL_OVERLAP = '24';

/** Makes a key in place of another, after asking how long that one is to go on working. */
@Component({
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, NewKey],
  template: `
    @if (created(); as result) {
      <app-new-key [created]="result" [environmentOf]="data.environmentOf" />
    } @else {
      <form novalidate (submit)="rotate($event, overlap.value)">
        <h2 matDialogTitle>{{ text().rotateTitle(data.key.name) }}</h2>
        <mat-dialog-content>
          <p>{{ text().rotateText }}</p>
          <label class="field">
            <span>{{ text().overlap }}</span>
            <select #overlap>
              @for (choice of overlaps; track choice) {
                <option [value]="choice" [selected]="choice === usual">
                  {{ text().overlaps[choice] }}
                </option>
              }
            </select>
          </label>
          @if (failure(); as problem) {
            <p class="problem" role="alert">{{ problem }}</p>
          }
        </mat-dialog-content>
        <mat-dialog-actions align="end">
          <button matButton type="button" matDialogClose>{{ i18n.text().shell.cancel }}</button>
          <button matButton="filled" type="submit" [disabled]="isSending()" disabledInteractive>
            {{ text().rotate }}
          </button>
        </mat-dialog-actions>
      </form>
    }
  `,
  styleUrl: './create-key-dialog.scss',
})
export class RotateKeyDialog {
  protected readonly data = inject<RotateKeyData>(MAT_DIALOG_DATA);
  protected readonly i18n = inject(I18n);
  private readonly messages = inject(ConsoleText);
  private readonly store = inject(KeysStore);

  protected readonly text = computed(() => this.messages.text().tools.keys);
  protected readonly overlaps = ['0', '1', '24', '168'] as const;
  protected readonly usual = USUAL_OVERLAP;
  protected readonly created = signal<CreatedApiKey | null>(null);
  protected readonly isSending = signal(false);
  protected readonly failure = signal<string | null>(null);

  protected async rotate(event: Event, overlapHours: string): Promise<void> {
    event.preventDefault();
    if (this.isSending()) return;
    this.isSending.set(true);
    this.failure.set(null);
    try {
      this.created.set(await this.store.rotate(this.data.key.id, Number(overlapHours)));
    } catch (cause) {
      this.failure.set(errorText(asApiError(cause), this.i18n.text().errors));
    } finally {
      this.isSending.set(false);
    }
  }
}
