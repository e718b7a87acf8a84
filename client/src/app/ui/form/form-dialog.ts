import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';

import { ConsoleText } from '../../console/console-text';
import { asApiError, fieldErrors } from '../../core/api/api-error';
import { I18n } from '../../core/i18n/i18n';
import { errorText } from '../error-text';
import { ErrorSummary, type Problem } from './error-summary';
import { Field, FieldControl } from './field';

export interface FormDialogField {
  name: string;
  label: string;
  hint?: string;
  kind?: 'text' | 'email' | 'amount' | 'date' | 'long' | 'choice';
  choices?: readonly { value: string; label: string }[];
  value?: string;
  isOptional?: boolean;
  longest?: number;
}

export type FormValues = Readonly<Record<string, string>>;

export interface FormDialogData<R = unknown> {
  title: string;
  text?: string;
  fields: readonly FormDialogField[];
  /** The verb of what will happen. */
  action: string;
  isDanger?: boolean;
  /** What is wrong beyond what is missing, by field. */
  check?: (values: FormValues) => Readonly<Record<string, string>>;
  /** Does it. What it throws is shown at the field the server names, else above them. */
  submit: (values: FormValues) => Promise<R>;
}

/** Asks for a few values and does something with them; closes with what `submit` answered. */
@Component({
  imports: [
    ErrorSummary,
    Field,
    FieldControl,
    MatButton,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
  ],
  templateUrl: './form-dialog.html',
  styles: `
    mat-dialog-content {
      display: grid;
      gap: 16px;
    }
    p {
      margin: 0;
    }
  `,
})
export class FormDialog {
  protected readonly data = inject<FormDialogData>(MAT_DIALOG_DATA);
  private readonly dialog = inject<MatDialogRef<FormDialog, unknown>>(MatDialogRef);
  private readonly i18n = inject(I18n);
  private readonly messages = inject(ConsoleText);

  protected readonly words = computed(() => this.messages.text().words);
  protected readonly values = signal<Record<string, string>>(
    Object.fromEntries(this.data.fields.map(({ name, value = '' }) => [name, value])),
  );
  protected readonly errors = signal<Readonly<Record<string, string>>>({});
  protected readonly failure = signal<string | null>(null);
  protected readonly isSending = signal(false);
  protected readonly problems = computed<Problem[]>(() =>
    this.data.fields.flatMap(({ name, label }) => {
      const message = this.errors()[name];
      return message === undefined ? [] : [{ name, label, message }];
    }),
  );

  protected labelOf({ label, isOptional }: FormDialogField): string {
    return isOptional ? `${label} (${this.words().optional})` : label;
  }

  protected set(name: string, event: Event): void {
    const { value } = event.target as HTMLInputElement;
    this.values.update((values) => ({ ...values, [name]: value }));
  }

  protected async send(event: Event): Promise<void> {
    event.preventDefault();
    if (this.isSending()) return;
    this.failure.set(null);
    this.errors.set(this.check());
    if (this.problems().length > 0) return;
    this.isSending.set(true);
    try {
      this.dialog.close(await this.data.submit(this.trimmed()));
    } catch (cause) {
      this.refuse(cause);
    } finally {
      this.isSending.set(false);
    }
  }

  private check(): Record<string, string> {
    const values = this.trimmed();
    const missing = this.data.fields
      .filter(({ name, isOptional }) => !isOptional && values[name] === '')
      .map(({ name }) => [name, this.words().required]);
    return { ...this.data.check?.(values), ...Object.fromEntries(missing) };
  }

  private trimmed(): Record<string, string> {
    return Object.fromEntries(
      Object.entries(this.values()).map(([name, value]) => [name, value.trim()]),
    );
  }

  private refuse(cause: unknown): void {
    const error = asApiError(cause);
    const named = fieldErrors(error);
    const known = this.data.fields.filter(({ name }) => named[name] !== undefined);
    this.errors.set(Object.fromEntries(known.map(({ name }) => [name, named[name]!])));
    if (known.length === 0) this.failure.set(errorText(error, this.i18n.text().errors));
  }
}
