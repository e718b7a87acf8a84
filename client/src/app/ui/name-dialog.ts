import { Component, ElementRef, inject, signal, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';

import { I18n } from '../core/i18n/i18n';

export interface NameDialogData {
  title: string;
  label: string;
  /** The verb of what will happen. */
  action: string;
  /** What to say when it is left empty. */
  missing: string;
  longest: number;
}

/** Asks for the name of something new. Closes with it, or with undefined. */
@Component({
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle],
  template: `
    <h2 matDialogTitle>{{ data.title }}</h2>
    <form novalidate (submit)="submit($event)">
      <mat-dialog-content>
        <label for="name-dialog">{{ data.label }}</label>
        <input
          #field
          id="name-dialog"
          type="text"
          autocomplete="off"
          aria-describedby="name-dialog-error"
          [attr.maxlength]="data.longest"
          [attr.aria-invalid]="isMissing()"
        />
        <p id="name-dialog-error" role="alert">{{ isMissing() ? data.missing : '' }}</p>
      </mat-dialog-content>
      <mat-dialog-actions align="end">
        <button matButton type="button" matDialogClose>{{ i18n.text().shell.cancel }}</button>
        <button matButton="filled" type="submit">{{ data.action }}</button>
      </mat-dialog-actions>
    </form>
  `,
  styles: `
    label {
      display: block;
      margin-block-end: 4px;
      font: var(--mat-sys-label-large);
    }
    input {
      inline-size: 100%;
      block-size: 48px;
      padding: 0 16px;
      box-sizing: border-box;
      border: 1px solid var(--mat-sys-outline);
      border-radius: 12px;
      background: var(--mat-sys-surface-container-lowest);
      color: var(--mat-sys-on-surface);
      font: 400 1rem/1.5rem var(--app-font);
    }
    input[aria-invalid='true'] {
      border-color: var(--mat-sys-error);
    }
    p {
      min-block-size: 20px;
      margin: 4px 0 0;
      color: var(--mat-sys-error);
      font: var(--mat-sys-body-small);
    }
  `,
})
export class NameDialog {
  protected readonly data = inject<NameDialogData>(MAT_DIALOG_DATA);
  protected readonly i18n = inject(I18n);
  private readonly dialog = inject<MatDialogRef<NameDialog, string>>(MatDialogRef);
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');

  protected readonly isMissing = signal(false);

  protected submit(event: Event): void {
    event.preventDefault();
    const field = this.field().nativeElement;
    const name = field.value.trim();
    this.isMissing.set(name === '');
    if (name === '') field.focus();
    else this.dialog.close(name);
  }
}
